package org.sparksbp.training;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.learner.Work;
import org.sparksbp.measure.Measure;

/**
 * An epoch that has ended: one line of {@code metrics.jsonl}.
 *
 * @param epoch from 1
 * @param train the task's measures over the epoch's training samples, each inferred before it was
 *     learned; by name, {@code error} among them
 * @param validation the measures on the validation samples with the epoch's last parameters; empty
 *     without any
 * @param test likewise on the test samples
 * @param selectedOn which of the three is chosen by
 * @param trainingWork what learning the epoch took
 * @param testWork what the test took
 * @param trainSamples samples learned
 * @param trainingSeconds spent in the epoch's rounds
 * @param evaluationSeconds spent in measuring validation and test samples
 */
public record EpochReport(
    int epoch,
    SortedMap<String, Double> train,
    SortedMap<String, Double> validation,
    SortedMap<String, Double> test,
    Selection selectedOn,
    Work trainingWork,
    Work testWork,
    long trainSamples,
    double trainingSeconds,
    double evaluationSeconds) {

  public EpochReport {
    train = copy(train);
    validation = copy(validation);
    test = copy(test);
  }

  private static SortedMap<String, Double> copy(Map<String, Double> measures) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(measures));
  }

  /** The error that decides which epoch is best. */
  public double error() {
    return error(selected());
  }

  private Map<String, Double> selected() {
    return switch (selectedOn) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /**
   * The error of learning curves and costs, which nothing is chosen by: on the test samples, where
   * there are none that which is chosen by.
   */
  public double curveError() {
    return error(curve());
  }

  private Map<String, Double> curve() {
    return test.isEmpty() ? selected() : test;
  }

  /** Its standard error; NaN where the task's measure has none. */
  public double curveStandardError() {
    return curve().getOrDefault(Measure.STANDARD_ERROR, Double.NaN);
  }

  /** Whether there are errors to choose by and to draw. */
  boolean hasErrors() {
    return selected().containsKey("error") && curve().containsKey("error");
  }

  private static double error(Map<String, Double> measures) {
    return measures.get("error");
  }

  /** Training samples learned a second. */
  public double samplesPerSecond() {
    return trainSamples / Math.max(trainingSeconds, 1e-9);
  }

  /** All measures, as {@code train.error}, {@code validation.error} and so on. */
  public SortedMap<String, Double> measures() {
    SortedMap<String, Double> all = new TreeMap<>();
    train.forEach((name, value) -> all.put("train." + name, value));
    validation.forEach((name, value) -> all.put("validation." + name, value));
    test.forEach((name, value) -> all.put("test." + name, value));
    return all;
  }
}
