package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.statistics.SeedSummary;

/**
 * The pairs of point and arm in a results folder, the best first: by the mean, over the seeds, of
 * the lowest error of the samples that are chosen by. Only pairs whose every seed has ended are
 * ranked: a seed that failed or is missing would make a mean of the others look better than it is.
 *
 * @param ranked best first
 * @param leftOut pairs with a seed that failed or has not ended
 */
public record Ranking(List<Ranked> ranked, int leftOut) {

  public Ranking {
    ranked = List.copyOf(ranked);
  }

  /**
   * A pair of point and arm.
   *
   * @param sweep its name
   * @param point number of the combination of varied keys
   * @param arm its name
   * @param task its name
   * @param model its name
   * @param parameters settings of point and arm by key, as text
   * @param configuration settings that all trials of the sweep share, by key, rendered, without
   *     what the machine has decided of {@code compute}
   * @param seeds of the trials
   * @param trials their identities, in the order of the seeds
   * @param selectedOn whose error is chosen by: {@code validation}, {@code test} or {@code train}
   * @param error lowest error of these samples, a fraction of 1, over the seeds
   * @param testError error on test samples after the same epochs
   * @param epochs number of these epochs
   */
  public record Ranked(
      String sweep,
      long point,
      String arm,
      String task,
      String model,
      SortedMap<String, String> parameters,
      SortedMap<String, String> configuration,
      List<Long> seeds,
      List<String> trials,
      String selectedOn,
      SeedSummary error,
      SeedSummary testError,
      SeedSummary epochs) {}

  /**
   * Ranks what the tables of all sweeps tell.
   *
   * @param results folder that sweeps have shared
   * @throws org.sparksbp.storage.InvalidInputException if there are no sweeps in {@code results}
   */
  public static Ranking of(Configuration hadoop, Path results) throws IOException {
    List<Ranked> ranked = new ArrayList<>();
    int leftOut = 0;
    for (SweepResults sweep : new ResultsReader(hadoop).read(results)) {
      long seeds = sweep.trials().stream().map(TrialResult::seed).distinct().count();
      for (SweepPoint point : sweep.points()) {
        for (String arm : point.arms()) {
          List<TrialResult> ended = point.ended(arm);
          if (ended.size() == seeds) {
            ranked.add(ranked(point, arm, ended));
          } else {
            leftOut++;
          }
        }
      }
    }
    ranked.sort(Comparator.comparingDouble(pair -> pair.error().meanOrNaN()));
    return new Ranking(ranked, leftOut);
  }

  /** A sweep notes what it computes on as it was decided; only what was asked for is a choice. */
  private static SortedMap<String, String> asked(SweepResults sweep) {
    SortedMap<String, String> settings = new TreeMap<>(sweep.configuration());
    settings
        .keySet()
        .removeIf(key -> key.startsWith("compute.") && !sweep.changed().containsKey(key));
    return settings;
  }

  private static Ranked ranked(SweepPoint point, String arm, List<TrialResult> trials) {
    TrialResult first = trials.get(0);
    return new Ranked(
        point.sweep().name(),
        first.point(),
        arm,
        point.task(),
        point.model(),
        first.parameters(),
        asked(point.sweep()),
        trials.stream().map(TrialResult::seed).toList(),
        trials.stream().map(TrialResult::id).toList(),
        point.selectedOn(arm),
        SeedSummary.of(trials.stream().mapToDouble(TrialResult::chosenError).toArray()),
        SeedSummary.of(trials.stream().mapToDouble(trial -> 1 - trial.chosenAccuracy()).toArray()),
        SeedSummary.of(trials.stream().mapToDouble(TrialResult::bestEpoch).toArray()));
  }
}
