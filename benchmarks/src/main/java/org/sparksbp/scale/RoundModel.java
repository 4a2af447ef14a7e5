package org.sparksbp.scale;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * Seconds of an epoch as a sum of terms, each a cost times how often it occurs. Costs are those of
 * the least relative errors among those that are not negative.
 */
final class RoundModel {

  /** What terms occur in. */
  private enum Part {
    ROUND,
    JOB
  }

  /** A cost, in seconds unless told otherwise, and how often a round or a Spark job has it. */
  enum Term {
    BATCH("learning a batch", "ms", Part.ROUND, on -> on.batches() * on.turns()),
    ROUND("a round, whatever its size", "ms", Part.ROUND, on -> direct(on) ? 1 : 0),
    WORKER(
        "a worker's parameters, copied and added up in memory",
        "ms",
        Part.ROUND,
        on -> direct(on) ? on.turns() : 0),
    SENDING(
        "an executor's sums and averages, written to and read from connections",
        "ms",
        Part.ROUND,
        on -> on.executors() > 1 ? on.turns() : 0),
    LINK(
        "bytes on the link, against what the link promises",
        "",
        Part.ROUND,
        Setting::secondsOnLink),
    DRIVER(
        "parameters of a worker brought to the driver and back, where rounds are jobs",
        "ms",
        Part.ROUND,
        on -> direct(on) ? 0 : on.turns()),
    JOB("launching a Spark job", "ms", Part.JOB, on -> 1),
    TASK("each of its tasks, on the driver", "ms", Part.JOB, Setting::workers),
    START(
        "a worker's beginning of a job with many rounds, on its own core",
        "ms",
        Part.JOB,
        on -> direct(on) ? on.turns() : 0),
    EXECUTOR(
        "the same of an executor on another host",
        "ms",
        Part.JOB,
        on -> on.executors() > 1 ? on.turns() : 0);

    final String meaning;
    final String unit;
    private final Part part;
    private final ToDoubleFunction<Setting> inPart;

    Term(String meaning, String unit, Part part, ToDoubleFunction<Setting> inPart) {
      this.meaning = meaning;
      this.unit = unit;
      this.part = part;
      this.inPart = inPart;
    }

    /** Whether it belongs to a Spark job and not to a round. */
    boolean ofJob() {
      return part == Part.JOB;
    }

    /** How often it occurs in an epoch. */
    double count(Setting setting, double rounds, double jobs) {
      return (ofJob() ? jobs : rounds) * inPart.applyAsDouble(setting);
    }

    private static boolean direct(Setting setting) {
      return setting.transport() == Setting.Transport.DIRECT;
    }
  }

  private static final int TIMES = 5;

  private final Map<Term, Double> costs;

  RoundModel(Map<Term, Double> costs) {
    this.costs = new EnumMap<>(Term.class);
    this.costs.putAll(costs);
  }

  /**
   * The model of measurements. How many jobs an epoch had depends on what launching one costs,
   * which is fitted: so it is fitted again with what came out.
   *
   * @throws IllegalArgumentException if there are too few of them
   */
  static RoundModel fit(List<Measurement> measurements) {
    RoundModel model = new RoundModel(Map.of());
    for (int time = 0; time < TIMES; time++) {
      model = model.fitAgain(measurements);
    }
    return model;
  }

  private RoundModel fitAgain(List<Measurement> measurements) {
    List<Term> terms = new ArrayList<>();
    for (Term term : Term.values()) {
      if (measurements.stream().anyMatch(one -> count(term, one) > 0)) {
        terms.add(term);
      }
    }
    while (true) {
      double[] found = solve(terms, measurements);
      int least = 0;
      for (int term = 1; term < found.length; term++) {
        least = found[term] < found[least] ? term : least;
      }
      if (found[least] >= 0) {
        Map<Term, Double> fitted = new EnumMap<>(Term.class);
        for (int term = 0; term < found.length; term++) {
          fitted.put(terms.get(term), found[term]);
        }
        return new RoundModel(fitted);
      }
      terms.remove(least);
    }
  }

  /** Divided by what was measured, so that errors are relative. */
  private double[] solve(List<Term> terms, List<Measurement> measurements) {
    double[] ones = new double[measurements.size()];
    double[][] counts = new double[measurements.size()][terms.size()];
    for (int row = 0; row < ones.length; row++) {
      Measurement one = measurements.get(row);
      ones[row] = 1;
      for (int term = 0; term < terms.size(); term++) {
        counts[row][term] = count(terms.get(term), one) / one.seconds();
      }
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.setNoIntercept(true);
    regression.newSampleData(ones, counts);
    return regression.estimateRegressionParameters();
  }

  private double count(Term term, Measurement one) {
    return term.count(one.setting(), one.rounds(), one.jobs(launching(one.setting())));
  }

  /** What launching a job costs, in seconds. */
  private double launching(Setting setting) {
    double seconds = 0;
    for (Term term : Term.values()) {
      seconds += term.ofJob() ? cost(term) * term.count(setting, 0, 1) : 0;
    }
    return seconds;
  }

  /** Seconds, or a ratio; 0 for a term that the measurements do not show. */
  double cost(Term term) {
    return costs.getOrDefault(term, 0.0);
  }

  /** What the model says that an epoch takes, in seconds. */
  double seconds(Measurement measured) {
    return costs.keySet().stream().mapToDouble(term -> cost(term) * count(term, measured)).sum();
  }

  /** What a term takes of one round, in seconds, where jobs have as many rounds as they should. */
  double ofRound(Term term, Setting setting) {
    double ofJobs = 0;
    if (setting.transport() == Setting.Transport.SPARK_JOBS) {
      ofJobs = 1;
    } else if (term.ofJob()) {
      double round = 0;
      for (Term other : Term.values()) {
        round += other.ofJob() ? 0 : ofRound(other, setting);
      }
      ofJobs = Math.min(1, round / Setting.secondsOfJob(launching(setting)));
    }
    return cost(term) * term.count(setting, 1, ofJobs);
  }
}
