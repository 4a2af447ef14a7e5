package org.sparksbp.sweep;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * How a call to sweep has ended.
 *
 * @param name of the sweep
 * @param finished whether all trials have ended
 * @param points combinations of varied keys
 * @param planned rows of the plan: points times arms times seeds
 * @param trials different runs among them
 * @param ran how often this call has trained a trial, to a rung or to its end
 * @param done trials trained to their last epoch
 * @param failed trials that could not be trained
 * @param stopped trials that were stopped early
 * @param bestError lowest error of an epoch, from 0 to 1; infinite if there is none
 * @param bestTrial identity of the trial that has it, or the empty string
 * @param failures why trials have failed, each reason once with the trials that have it
 * @param folder of the sweep's tables
 */
public record SweepOutcome(
    String name,
    boolean finished,
    int points,
    int planned,
    int trials,
    int ran,
    int done,
    int failed,
    int stopped,
    double bestError,
    String bestTrial,
    SortedMap<String, List<String>> failures,
    Path folder) {

  public SweepOutcome {
    failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
  }

  /** Its numbers, as trackers of experiments show them. */
  SortedMap<String, Double> metrics() {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("trials", (double) trials);
    metrics.put("done", (double) done);
    metrics.put("failed", (double) failed);
    metrics.put("stopped", (double) stopped);
    metrics.put("best_error", bestError);
    return metrics;
  }
}
