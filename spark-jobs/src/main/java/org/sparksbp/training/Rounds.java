package org.sparksbp.training;

/** The averaging rounds of an epoch, wherever they are learned. */
interface Rounds {

  /** Averaging rounds of an epoch. */
  int perEpoch();

  /**
   * Runs a round, or some in a row.
   *
   * @param epoch from 1
   * @param round the first one, in the epoch, from 0
   * @param parameters that every worker starts from; not changed
   */
  Stretch run(int epoch, int round, float[] parameters);
}
