package org.sparksbp.cost;

/**
 * Whether an error is at or below a level. Errors are shares k/n of n samples, levels lie evenly
 * between two of them: in exact arithmetic different ones are at least 1/(4n) apart, rounding moves
 * them by less than 1e-15. So what is closer than {@link #ROUNDING} is the same number of samples.
 */
public final class ErrorLevels {

  /** Far above rounding and far below one of a billion samples. */
  static final double ROUNDING = 1e-12;

  private ErrorLevels() {}

  /**
   * Whether the error is at or below the level.
   *
   * @param error a fraction of 1 or per cent, as the level
   */
  public static boolean isReached(double error, double level) {
    return error <= level + ROUNDING;
  }
}
