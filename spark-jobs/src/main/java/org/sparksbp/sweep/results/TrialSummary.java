package org.sparksbp.sweep.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;

/**
 * The part of a trial's record that the driver holds for every trial.
 *
 * @param id identity of the run, in JSON {@code trial}
 * @param status how far it is
 * @param complexity as in the record
 * @param reason as in the record
 * @param errors after each epoch, of the samples that are chosen by
 * @param curve after each epoch, of the samples that nothing is chosen by: {@link
 *     org.sparksbp.training.EpochReport#curveError}
 * @param standardErrors of the curve; NaN where unknown
 */
@JsonPropertyOrder({"trial", "status", "complexity", "reason", "errors", "curve", "standardErrors"})
public record TrialSummary(
    @JsonProperty("trial") String id,
    TrialStatus status,
    double complexity,
    String reason,
    double[] errors,
    double[] curve,
    double[] standardErrors) {

  /** Whether it is never gone on with. */
  public boolean hasEnded() {
    return status != TrialStatus.PAUSED;
  }

  /** Whether nothing is left to be done to have that many epochs. */
  boolean reaches(int epochs) {
    return hasEnded() || errors.length >= epochs;
  }

  /** The lowest error of the first epochs; infinite where the trial failed before their end. */
  public double best(int epochs) {
    double best = Double.POSITIVE_INFINITY;
    for (int epoch = 0; epoch < Math.min(epochs, errors.length); epoch++) {
      best = Math.min(best, errors[epoch]);
    }
    boolean failed = status == TrialStatus.FAILED && errors.length < epochs;
    return failed ? Double.POSITIVE_INFINITY : best;
  }

  /**
   * As the sweep has it that stopped the trial at a rung, however far it is.
   *
   * @param rung epochs; 0 for none
   */
  public TrialSummary cutAt(int rung) {
    return rung == 0 || errors.length < rung
        ? this
        : new TrialSummary(
            id,
            TrialStatus.STOPPED,
            complexity,
            StopReasons.rung(rung),
            Arrays.copyOf(errors, rung),
            Arrays.copyOf(curve, rung),
            Arrays.copyOf(standardErrors, rung));
  }

  /** Whether it tells more than another summary of the trial. */
  boolean tellsMoreThan(TrialSummary other) {
    return hasEnded() == other.hasEnded() ? errors.length > other.errors.length : hasEnded();
  }

  /** One line, which {@link #of} reads. */
  public String toJson() {
    return TrialJson.write(this);
  }

  /** Reads what {@link #toJson} has written. */
  public static TrialSummary of(String text) {
    return TrialJson.read(text, TrialSummary.class);
  }
}
