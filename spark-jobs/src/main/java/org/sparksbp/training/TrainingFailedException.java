package org.sparksbp.training;

import org.sparksbp.rounds.Divergence;

/** Training has diverged: the message says where and what to change. Exit code 4. */
public final class TrainingFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Divergence divergence;
  private final int epoch;
  private final int round;

  /**
   * A failure.
   *
   * @param divergence what is not finite
   * @param epoch from 1
   * @param round in the epoch, from 0
   * @param kept what is left of the run
   */
  public TrainingFailedException(Divergence divergence, int epoch, int round, KeptModel kept) {
    super(
        "Training diverged in epoch "
            + epoch
            + ", round "
            + round
            + ": the "
            + divergence
            + " are not finite; "
            + kept
            + ". Lower the learning rate");
    this.divergence = divergence;
    this.epoch = epoch;
    this.round = round;
  }

  /** The same failure of a run whose folder does not stay. */
  public TrainingFailedException withoutModel() {
    return new TrainingFailedException(divergence, epoch, round, KeptModel.NONE);
  }
}
