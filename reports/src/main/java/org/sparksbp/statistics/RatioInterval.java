package org.sparksbp.statistics;

import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * The ratio of two means over the same seeds with its 95 % interval by Fieller's theorem (E. C.
 * Fieller, Some problems in interval estimation, J. R. Stat. Soc. B 16, 1954), which takes the
 * pairing into account and does not suppose that the ratio is symmetric.
 *
 * @param ratio mean of the second over mean of the first; empty without seeds
 * @param low lower end; empty where there is no bounded interval
 * @param high upper end; likewise
 */
public record RatioInterval(OptionalDouble ratio, OptionalDouble low, OptionalDouble high) {

  private static final double TWO_SIDED_95 = 0.975;

  /** What a difference of equal squares comes to. */
  private static final double ROUNDING = 1e-12;

  /**
   * The second arm over the first.
   *
   * @param first by seed, all above 0
   * @param second of the same seeds in the same order
   * @throws IllegalArgumentException if they have not the same number of seeds
   */
  public static RatioInterval of(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "Cannot take a ratio of pairs: " + first.length + " values with " + second.length);
    }
    int seeds = first.length;
    if (seeds == 0) {
      return unbounded(OptionalDouble.empty());
    }
    double below = StatUtils.mean(first);
    double above = StatUtils.mean(second);
    OptionalDouble ratio = OptionalDouble.of(above / below);
    if (seeds < 2) {
      return unbounded(ratio);
    }
    double t = new TDistribution(null, seeds - 1.0).inverseCumulativeProbability(TWO_SIDED_95);
    double scale = t * t / seeds;
    double square = below * below - scale * StatUtils.variance(first);
    double linear = above * below - scale * new Covariance().covariance(first, second);
    double constant = above * above - scale * StatUtils.variance(second);
    double discriminant = linear * linear - square * constant;
    if (square <= 0 || discriminant < -ROUNDING * linear * linear) {
      return unbounded(ratio);
    }
    double root = Math.sqrt(Math.max(0, discriminant));
    return new RatioInterval(
        ratio,
        OptionalDouble.of((linear - root) / square),
        OptionalDouble.of((linear + root) / square));
  }

  private static RatioInterval unbounded(OptionalDouble ratio) {
    return new RatioInterval(ratio, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** The interval with two decimals; empty where there is none. */
  public String shown() {
    return low.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%.2f to %.2f", low.getAsDouble(), high.getAsDouble());
  }
}
