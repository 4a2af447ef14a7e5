package org.sparksbp.training;

import java.io.IOException;
import java.util.Objects;

/** Stops a run whose numbers are no longer finite, and keeps the last good model. */
final class Divergence {

  private Divergence() {}

  /**
   * Checks a round.
   *
   * @throws TrainingFailedException if an output or a parameter is NaN or infinite
   */
  static void check(Stretch.Round round, RunState state, TrainingLoop.Records records)
      throws IOException {
    String what =
        round.reports().stream()
            .map(WorkerReport::divergence)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(round.finite() ? null : "averaged parameters");
    if (what != null) {
      String kept = records.keepLastGood(state);
      throw new TrainingFailedException(
          "Training diverged in epoch "
              + (state.epochs() + 1)
              + ", round "
              + state.rounds()
              + ": the "
              + what
              + " are not finite; "
              + kept
              + ". Lower the learning rate");
    }
  }
}
