package org.sparksbp.training;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.learner.Work;

/**
 * An epoch that has ended: one line of {@code metrics.jsonl}.
 *
 * @param epoch from 1
 * @param train the task's measures over the epoch's training samples, each inferred before it was
 *     learned; by name, {@code error} among them
 * @param test the measures on the test samples with the epoch's last parameters; empty without test
 *     samples
 * @param trainingWork what learning the epoch took
 * @param testWork what the test took
 * @param trainSamples samples learned
 * @param trainingSeconds spent in the epoch's rounds
 * @param evaluationSeconds spent in the test
 */
public record EpochReport(
    int epoch,
    SortedMap<String, Double> train,
    SortedMap<String, Double> test,
    Work trainingWork,
    Work testWork,
    long trainSamples,
    double trainingSeconds,
    double evaluationSeconds) {

  public EpochReport {
    train = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Double>) train));
    test = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Double>) test));
  }

  /** The error that decides which epoch is best: on the test samples, or the training samples. */
  public double error() {
    return (test.isEmpty() ? train : test).get("error");
  }

  /** Training samples learned a second. */
  public double samplesPerSecond() {
    return trainSamples / Math.max(trainingSeconds, 1e-9);
  }

  /** All measures, as {@code train.error}, {@code test.error} and so on. */
  public SortedMap<String, Double> measures() {
    SortedMap<String, Double> all = new TreeMap<>();
    train.forEach((name, value) -> all.put("train." + name, value));
    test.forEach((name, value) -> all.put("test." + name, value));
    return all;
  }
}
