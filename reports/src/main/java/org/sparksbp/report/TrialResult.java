package org.sparksbp.report;

import java.util.SortedMap;

/**
 * A row of the table {@code trials} with its rows of {@code epochs}.
 *
 * @param id identity of the trial
 * @param point number of the combination of varied keys
 * @param arm name of the arm
 * @param seed of the run
 * @param task name of the task
 * @param model name of the model
 * @param parameters varied keys and those that the arm sets, as text; without those unset
 * @param status {@code done}, {@code stopped}, {@code failed} or {@code paused}
 * @param reason why it failed or stopped; empty otherwise
 * @param complexity multiply-accumulates of one epoch and sample as the study counts them; NaN
 *     where unknown
 * @param errors test error after each epoch, a fraction of 1; where the data has no test samples,
 *     of the samples that are chosen by
 * @param standardErrors of these; NaN where not recorded
 * @param selectedOn whose error is chosen by: {@code validation}, {@code test} or {@code train};
 *     empty without epochs
 * @param chosenError lowest error after an epoch of these samples, a fraction of 1; NaN without
 *     epochs
 * @param bestEpoch the epoch that is chosen, from 1; 0 without epochs
 * @param spent what training has taken
 */
record TrialResult(
    String id,
    long point,
    String arm,
    long seed,
    String task,
    String model,
    SortedMap<String, String> parameters,
    String status,
    String reason,
    double complexity,
    double[] errors,
    double[] standardErrors,
    String selectedOn,
    double chosenError,
    int bestEpoch,
    Spent spent) {

  /**
   * What training has taken; NaN where a table does not say.
   *
   * @param multiplyAccumulates counted
   * @param graded those of them without a spike as a factor
   * @param spikingPhase those of them in the plasticity network's spiking phase
   * @param synapticOperations spikes times fan-out
   * @param energyOfProducts in joules, estimated from the multiply-accumulates
   * @param energyDrivenBySpikes in joules, estimated from the synaptic operations and the graded
   *     products
   * @param wallSeconds from start to end
   * @param cpuSeconds of the thread that trained; NaN where many did
   */
  record Spent(
      double multiplyAccumulates,
      double graded,
      double spikingPhase,
      double synapticOperations,
      double energyOfProducts,
      double energyDrivenBySpikes,
      double wallSeconds,
      double cpuSeconds) {}

  /** Whether it failed before it could end. */
  boolean failed() {
    return status.equals("failed");
  }

  /** Whether it has a curve that will not go on. */
  boolean ended() {
    return (status.equals("done") || status.equals("stopped")) && errors.length > 0;
  }

  /** Accuracy after the last epoch, 1 - error. */
  double lastAccuracy() {
    return 1 - errors[errors.length - 1];
  }

  /** Accuracy after the epoch that is chosen. */
  double chosenAccuracy() {
    return 1 - errors[bestEpoch - 1];
  }

  /** Whether samples that results are told of were chosen by. */
  boolean chosenOnTest() {
    return selectedOn.equals("test");
  }
}
