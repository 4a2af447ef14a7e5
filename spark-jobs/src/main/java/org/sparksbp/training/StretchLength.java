package org.sparksbp.training;

/**
 * How many rounds the next stretch has: about two seconds of them, so that a job's cost is spread
 * over many and a requested stop need not wait for long. It changes no result.
 */
final class StretchLength {

  private static final double SECONDS = 2;
  private static final double GROWTH = 8;

  private double rounds = 1;

  /**
   * Rounds of the next stretch, so that what is left is divided alike.
   *
   * @param left rounds of the epoch that are left, at least 1
   */
  int next(int left) {
    double stretches = Math.ceil(left / rounds);
    return (int) Math.max(1, Math.ceil(left / stretches));
  }

  /** Learns from a stretch; it may grow from one to the next, but not at once by much. */
  void took(int number, double seconds) {
    double fitting = SECONDS * number / seconds;
    rounds = Math.max(1, Math.min(fitting, GROWTH * Math.max(rounds, number)));
  }
}
