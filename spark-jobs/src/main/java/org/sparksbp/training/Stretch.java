package org.sparksbp.training;

import java.util.List;

/**
 * Consecutive rounds of an epoch that were learned together, one at least.
 *
 * @param rounds the rounds, in their order; only the last one may have diverged
 * @param parameters after the last round; of no matter if that has diverged
 */
record Stretch(List<Round> rounds, float[] parameters) {

  /**
   * What the driver gets of a round.
   *
   * @param reports in the order of the workers
   * @param finite whether the averaged parameters are
   * @param seconds that the round took
   */
  record Round(List<WorkerReport> reports, boolean finite, double seconds) {}

  Stretch {
    rounds = List.copyOf(rounds);
  }

  /** A single round. */
  static Stretch of(List<WorkerReport> reports, float[] averaged, double seconds) {
    return new Stretch(List.of(new Round(reports, Finite.all(averaged), seconds)), averaged);
  }
}
