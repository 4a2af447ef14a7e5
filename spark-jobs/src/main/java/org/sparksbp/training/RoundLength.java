package org.sparksbp.training;

import org.sparksbp.worker.SampleBlocks;

/**
 * How an epoch is divided into rounds.
 *
 * @param batchesPerEpoch batches of the worker that has most
 * @param batchesPerRound most batches that a worker learns in a round
 */
record RoundLength(int batchesPerEpoch, int batchesPerRound) {

  /**
   * The length for a run.
   *
   * @param settings with the number of workers decided
   * @param samples of an epoch
   */
  static RoundLength of(TrainingSettings settings, long samples) {
    long largest = SampleBlocks.dealtSize(0, samples, settings.workers());
    int epoch = Math.toIntExact((largest + settings.batch() - 1) / settings.batch());
    int round = settings.averagingEvery() == 0 ? epoch : Math.min(settings.averagingEvery(), epoch);
    return new RoundLength(epoch, round);
  }

  int roundsPerEpoch() {
    return (batchesPerEpoch + batchesPerRound - 1) / batchesPerRound;
  }
}
