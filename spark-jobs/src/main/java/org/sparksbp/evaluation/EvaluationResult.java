package org.sparksbp.evaluation;

import org.sparksbp.learner.Work;
import org.sparksbp.measure.Measure;

/**
 * How a model did on samples.
 *
 * @param measure the task's measure over all samples
 * @param work what inferring them took
 * @param seconds that the evaluation took
 */
public record EvaluationResult(Measure measure, Work work, double seconds) {

  public double samplesPerSecond() {
    return measure.samples() / Math.max(seconds, 1e-9);
  }
}
