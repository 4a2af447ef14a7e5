package org.sparksbp.report;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleBiFunction;
import org.sparksbp.statistics.SeedSummary;

/**
 * What a map shows of each arm at each point.
 *
 * @param name in files
 * @param title of the figure
 * @param label of the colours
 * @param format of the bounds of the colours
 * @param text of a value in its cell
 * @param value of an arm at a point; NaN where unknown
 */
record MapQuantity(
    String name,
    String title,
    String label,
    String format,
    DoubleFunction<String> text,
    ToDoubleBiFunction<SweepPoint, String> value) {

  static final MapQuantity ERROR =
      new MapQuantity(
          "error",
          "Test error after the last epoch",
          "test error, %",
          "0.##",
          value -> NumberFormatting.fixed(value, 2),
          MapQuantity::error);

  static final MapQuantity COST =
      new MapQuantity(
          "cost", "Cost", "cost", "0.##E0", NumberFormatting::threeDigits, MapQuantity::cost);

  /** The value of an arm at a point; NaN where unknown. */
  double of(SweepPoint point, String arm) {
    return value.applyAsDouble(point, arm);
  }

  private static double error(SweepPoint point, String arm) {
    return 100 * (1 - point.lastAccuracy(arm).meanOrNaN());
  }

  /** An arm's cost against the first arm, the first arm's against the second. */
  private static double cost(SweepPoint point, String arm) {
    List<String> arms = point.arms();
    if (arms.size() < 2 || !arms.contains(arm)) {
      return Double.NaN;
    }
    boolean first = arm.equals(arms.get(0));
    ArmCosts pair = ArmCosts.of(point, List.of(arms.get(0), first ? arms.get(1) : arm));
    return SeedSummary.of(pair.costs(first ? 0 : 1)).meanOrNaN();
  }
}
