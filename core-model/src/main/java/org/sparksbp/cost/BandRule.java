package org.sparksbp.cost;

import java.util.OptionalDouble;

/**
 * What the band of error levels must be for costs on it to mean something.
 *
 * @param cap highest level, a fraction of 1; empty for none
 * @param leastWidth of the band, a fraction of 1; 0 for any
 * @param leastStandardErrors width of the band in standard errors of an error in its middle; 0 for
 *     any
 * @param samples that errors are measured on; 0 where unknown, which leaves standard errors out
 */
public record BandRule(
    OptionalDouble cap, double leastWidth, double leastStandardErrors, long samples) {

  /** As published: no bounds. */
  public static final BandRule PUBLISHED = new BandRule(OptionalDouble.empty(), 0, 0, 0);

  /** One point, or four standard errors of the error where that is more. */
  public static final BandRule DEFAULT = new BandRule(OptionalDouble.empty(), 0.01, 4, 0);

  /** The same for errors that are measured on so many samples. */
  public BandRule withSamples(long measuredOn) {
    return new BandRule(cap, leastWidth, leastStandardErrors, measuredOn);
  }

  /** What the width of a band is at least. */
  double leastWidth(double lo, double hi) {
    if (samples == 0) {
      return leastWidth;
    }
    double middle = Math.min(1, Math.max(0, (lo + hi) / 2));
    double standardError = Math.sqrt(middle * (1 - middle) / samples);
    return Math.max(leastWidth, leastStandardErrors * standardError);
  }
}
