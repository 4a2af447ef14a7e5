package org.sparksbp.scale;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * Seconds of an epoch as a sum of terms, each a cost times how often it occurs. Costs are those of
 * the least relative errors among those that are not negative.
 */
final class RoundModel {

  /** A cost, in seconds unless told otherwise. */
  enum Term {
    BATCH("learning a batch", "ms") {
      @Override
      double count(Setting setting, double rounds, double jobs) {
        return rounds * setting.batches() * setting.turns();
      }
    },
    ROUND("a round, whatever its size", "ms") {
      @Override
      double count(Setting setting, double rounds, double jobs) {
        return direct(setting) ? rounds : 0;
      }
    },
    WORKER("a worker's parameters, copied and added up in memory", "ms") {
      @Override
      double count(Setting setting, double rounds, double jobs) {
        return direct(setting) ? rounds * setting.turns() : 0;
      }
    },
    SENDING("an executor's sums and averages, written to and read from connections", "ms") {
      @Override
      double count(Setting setting, double rounds, double jobs) {
        return setting.executors() > 1 ? rounds * setting.turns() : 0;
      }
    },
    LINK("bytes on the link, against what the link promises", "") {
      @Override
      double count(Setting setting, double rounds, double jobs) {
        return rounds * setting.secondsOnLink();
      }
    },
    DRIVER("parameters of a worker brought to the driver and back, where rounds are jobs", "ms") {
      @Override
      double count(Setting setting, double rounds, double jobs) {
        return direct(setting) ? 0 : rounds * setting.turns();
      }
    },
    JOB("launching a Spark job", "ms") {
      @Override
      double count(Setting setting, double rounds, double jobs) {
        return jobs;
      }
    },
    TASK("each of its tasks, on the driver", "ms") {
      @Override
      double count(Setting setting, double rounds, double jobs) {
        return jobs * setting.workers();
      }
    },
    START("a worker's beginning of a job with many rounds, on its own core", "ms") {
      @Override
      double count(Setting setting, double rounds, double jobs) {
        return direct(setting) ? jobs * setting.turns() : 0;
      }
    },
    EXECUTOR("the same of an executor on another host", "ms") {
      @Override
      double count(Setting setting, double rounds, double jobs) {
        return setting.executors() > 1 ? jobs * setting.turns() : 0;
      }
    };

    /** Whether it belongs to a Spark job and not to a round. */
    boolean ofJob() {
      return ordinal() >= JOB.ordinal();
    }

    final String meaning;
    final String unit;

    Term(String meaning, String unit) {
      this.meaning = meaning;
      this.unit = unit;
    }

    /** How often it occurs in an epoch. */
    abstract double count(Setting setting, double rounds, double jobs);

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
