package org.sparksbp.rounds;

/**
 * How many rounds the next Spark job has: about two seconds of them, so that a job's cost is spread
 * over many and a requested stop need not wait for long. It changes no result.
 */
final class RoundBatchSizer {

  private static final double SECONDS = 2;
  private static final double GROWTH = 8;

  private double rounds = 1;

  /**
   * Rounds of the next job, so that what is left is divided alike.
   *
   * @param left rounds of the epoch that are left, at least 1
   */
  int next(int left) {
    double jobs = Math.ceil(left / rounds);
    return (int) Math.max(1, Math.ceil(left / jobs));
  }

  /**
   * Learns from a job; the next one may be longer, but not at once by much.
   *
   * @param seconds of its rounds, without what launching it has cost
   */
  void took(int number, double seconds) {
    double fitting = SECONDS * number / seconds;
    rounds = Math.max(1, Math.min(fitting, GROWTH * Math.max(rounds, number)));
  }
}
