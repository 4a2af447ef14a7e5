package org.sparksbp.report;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import org.sparksbp.statistics.SeedSummary;

/**
 * What a map shows of each arm at each point.
 *
 * @param name in files
 * @param title of the figure
 * @param label of the colours
 * @param format of the bounds of the colours
 * @param most it can be
 * @param text of a value in its cell
 * @param ofSeeds of an arm at a point, of the seeds whose value is known
 */
record MapQuantity(
    String name,
    String title,
    String label,
    String format,
    double most,
    DoubleFunction<String> text,
    BiFunction<SweepPoint, String, double[]> ofSeeds) {

  static final MapQuantity ERROR =
      new MapQuantity(
          "error",
          "Test error after the last epoch",
          "test error, %",
          "0.##",
          100,
          value -> NumberFormatting.fixed(value, 2),
          MapQuantity::error);

  static final MapQuantity COST =
      new MapQuantity(
          "cost",
          "Cost",
          "cost",
          "0.##E0",
          Double.POSITIVE_INFINITY,
          NumberFormatting::threeDigits,
          MapQuantity::cost);

  /** The mean of an arm's seeds at a point; NaN where unknown. */
  double of(SweepPoint point, String arm) {
    return SeedSummary.of(seeds(point, arm)).meanOrNaN();
  }

  /** The values of an arm's seeds at a point; none where unknown. */
  double[] seeds(SweepPoint point, String arm) {
    return ofSeeds.apply(point, arm);
  }

  /** Whether there is a value of some arm at some point. */
  boolean isKnown(List<SweepPoint> points) {
    return points.stream()
        .anyMatch(point -> point.arms().stream().anyMatch(arm -> seeds(point, arm).length > 0));
  }

  private static double[] error(SweepPoint point, String arm) {
    return point.ended(arm).stream()
        .mapToDouble(trial -> 100 * (1 - trial.lastAccuracy()))
        .toArray();
  }

  /** An arm's cost against the first arm, the first arm's against the second. */
  private static double[] cost(SweepPoint point, String arm) {
    List<String> arms = point.arms();
    if (arms.size() < 2 || !arms.contains(arm)) {
      return new double[0];
    }
    boolean first = arm.equals(arms.get(0));
    ArmCosts pair = ArmCosts.of(point, List.of(arms.get(0), first ? arms.get(1) : arm));
    return pair.costs(first ? 0 : 1);
  }
}
