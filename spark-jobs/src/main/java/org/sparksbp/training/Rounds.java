package org.sparksbp.training;

/** The averaging rounds of an epoch, wherever they are learned. */
interface Rounds {

  /** Averaging rounds of an epoch. */
  int perEpoch();

  /**
   * Runs a round.
   *
   * @param epoch from 1
   * @param round in the epoch, from 0
   * @param parameters that every worker starts from; not changed
   * @return the workers' parameters, added up, and their reports
   */
  RoundSum run(int epoch, int round, float[] parameters);

  /** The parameters after a round. */
  float[] average(RoundSum sum, float[] start);
}
