package org.sparksbp.rounds;

/**
 * How many rounds the next Spark job has: about two seconds of them, so that a job's cost is spread
 * over many and little is lost with an executor, and up to twenty where launching a job takes so
 * long, as it does with many workers, that it would be more than a tenth. It changes no result.
 */
final class RoundBatchSizer {

  private static final double LEAST_SECONDS = 2;
  private static final double MOST_SECONDS = 20;
  private static final double LAUNCHES = 10;
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
   * @param launching seconds that launching and ending it has cost
   */
  void took(int number, double seconds, double launching) {
    double wanted = Math.max(LEAST_SECONDS, Math.min(MOST_SECONDS, LAUNCHES * launching));
    double fitting = wanted * number / seconds;
    rounds = Math.max(1, Math.min(fitting, GROWTH * Math.max(rounds, number)));
  }
}
