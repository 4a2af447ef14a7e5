package org.sparksbp.statistics;

import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A quantity over seeds.
 *
 * @param count of the seeds
 * @param mean empty without seeds
 * @param standardDeviation of the sample, divided by count - 1; empty below two seeds
 * @param halfWidth of the 95 % interval of the mean by Student's t; empty below two seeds
 */
public record SeedSummary(
    int count, OptionalDouble mean, OptionalDouble standardDeviation, OptionalDouble halfWidth) {

  private static final double TWO_SIDED_95 = 0.975;

  /** Summarizes the values of the seeds, all of them finite. */
  public static SeedSummary of(double[] values) {
    int count = values.length;
    if (count == 0) {
      return new SeedSummary(
          0, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
    OptionalDouble mean = OptionalDouble.of(StatUtils.mean(values));
    if (count == 1) {
      return new SeedSummary(1, mean, OptionalDouble.empty(), OptionalDouble.empty());
    }
    double deviation = Math.sqrt(StatUtils.variance(values));
    double quantile =
        new TDistribution(null, count - 1.0).inverseCumulativeProbability(TWO_SIDED_95);
    return new SeedSummary(
        count,
        mean,
        OptionalDouble.of(deviation),
        OptionalDouble.of(quantile * deviation / Math.sqrt(count)));
  }

  /** The mean; NaN without seeds. */
  public double meanOrNaN() {
    return mean.orElse(Double.NaN);
  }
}
