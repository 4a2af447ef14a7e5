package org.sparksbp.cost;

import java.util.OptionalDouble;

/**
 * What the band of error levels must be for costs on it to mean something.
 *
 * @param cap highest level, a fraction of 1; empty for none
 * @param leastWidth of the band, a fraction of 1; 0 for any
 * @param leastStandardErrors width of the band in standard errors of the methods' lowest errors; 0
 *     for any
 */
public record BandRule(OptionalDouble cap, double leastWidth, double leastStandardErrors) {

  /** As published: no bounds. */
  public static final BandRule PUBLISHED = new BandRule(OptionalDouble.empty(), 0, 0);

  /** One point, or four standard errors where that is more. */
  public static final BandRule DEFAULT = new BandRule(OptionalDouble.empty(), 0.01, 4);

  /**
   * What the width of a band is at least.
   *
   * @param standardError of a method's lowest error; NaN where unknown
   */
  double least(double standardError) {
    return Double.isNaN(standardError)
        ? leastWidth
        : Math.max(leastWidth, leastStandardErrors * standardError);
  }
}
