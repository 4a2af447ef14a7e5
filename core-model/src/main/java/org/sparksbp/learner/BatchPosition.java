package org.sparksbp.learner;

import org.sparksbp.random.RandomStream;

/**
 * Where in a run a batch is learned. All randomness of learning is drawn from it.
 *
 * @param seed the run's seed
 * @param epoch from 1
 * @param worker from 0
 * @param batch of this worker in this epoch, from 0
 */
public record BatchPosition(long seed, int epoch, int worker, int batch) {

  /** The stream of a purpose at this position. */
  public RandomStream random(String purpose) {
    return RandomStream.of(seed, purpose, epoch, worker, batch);
  }
}
