package org.sparksbp.rounds;

import java.io.Serializable;
import org.sparksbp.worker.SampleBlocks;

/**
 * How an epoch is divided into rounds.
 *
 * @param batchesPerEpoch batches of the worker that has most, the first one
 * @param batchesPerRound most batches that a worker learns in a round
 */
public record EpochSchedule(int batchesPerEpoch, int batchesPerRound) implements Serializable {

  /**
   * The schedule of a run.
   *
   * @param settings with the number of workers decided
   * @param samples of an epoch
   */
  public static EpochSchedule of(RoundSettings settings, long samples) {
    long largest = SampleBlocks.dealtSize(0, samples, settings.workers());
    int epoch = Math.toIntExact((largest + settings.batch() - 1) / settings.batch());
    int round = settings.averagingEvery() == 0 ? epoch : Math.min(settings.averagingEvery(), epoch);
    return new EpochSchedule(epoch, round);
  }

  public int roundsPerEpoch() {
    return (batchesPerEpoch + batchesPerRound - 1) / batchesPerRound;
  }

  /** Number of a round's first batch in the epoch, from 0. */
  int firstBatch(int round) {
    return round * batchesPerRound;
  }

  /** Batches that a worker learns in a round. */
  int batches(int round, int batchesOfWorker) {
    return Math.max(0, Math.min(batchesPerRound, batchesOfWorker - firstBatch(round)));
  }
}
