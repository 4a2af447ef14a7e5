package org.sparksbp.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/**
 * Two arms on the same seeds.
 *
 * @param pairs seeds that both arms have
 * @param meanDifference of the second arm less the first; empty without pairs
 * @param effectSize Cohen's d of pairs, the mean difference in standard deviations of the
 *     differences; empty where they do not spread
 * @param tTest two-sided p-value of the paired t-test
 * @param wilcoxon two-sided p-value of Wilcoxon's signed-rank test, exact
 * @param reason why a number is missing; empty if none is
 */
public record PairedComparison(
    int pairs,
    OptionalDouble meanDifference,
    OptionalDouble effectSize,
    OptionalDouble tTest,
    OptionalDouble wilcoxon,
    String reason) {

  private static final int FEWEST = 3;

  /** Spread of differences, relative to the values, that comes of subtracting alone. */
  private static final double ROUNDING = 1e-13;

  /**
   * Compares two arms.
   *
   * @param first by seed
   * @param second of the same seeds in the same order
   * @throws IllegalArgumentException if they have not the same number of seeds
   */
  public static PairedComparison of(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "Cannot compare pairs: " + first.length + " values with " + second.length);
    }
    int pairs = first.length;
    if (pairs == 0) {
      return without(0, OptionalDouble.empty(), OptionalDouble.empty(), "no seed has both arms");
    }
    double[] differences = new double[pairs];
    Arrays.setAll(differences, i -> second[i] - first[i]);
    double mean = StatUtils.mean(differences);
    double deviation = pairs < 2 ? 0 : Math.sqrt(StatUtils.variance(differences));
    double rounding = ROUNDING * Math.abs(Math.max(StatUtils.max(first), StatUtils.max(second)));
    if (deviation <= rounding) {
      deviation = 0;
    }
    OptionalDouble effect =
        deviation > 0 ? OptionalDouble.of(mean / deviation) : OptionalDouble.empty();
    if (pairs < FEWEST) {
      return without(
          pairs,
          OptionalDouble.of(mean),
          effect,
          "no p-value: " + pairs + (pairs == 1 ? " seed" : " seeds") + ", three are needed");
    }
    if (deviation == 0) {
      return without(
          pairs,
          OptionalDouble.of(mean),
          effect,
          "no p-value: the difference is the same for all seeds");
    }
    return new PairedComparison(
        pairs,
        OptionalDouble.of(mean),
        effect,
        OptionalDouble.of(new TTest().pairedTTest(second, first)),
        OptionalDouble.of(SignedRankTest.pValue(differences, rounding)),
        "");
  }

  private static PairedComparison without(
      int pairs, OptionalDouble mean, OptionalDouble effect, String reason) {
    return new PairedComparison(
        pairs, mean, effect, OptionalDouble.empty(), OptionalDouble.empty(), reason);
  }
}
