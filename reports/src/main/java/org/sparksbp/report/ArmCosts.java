package org.sparksbp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparksbp.cost.ComparativeCost;
import org.sparksbp.cost.ComparativeCost.Method;
import org.sparksbp.cost.ComparativeCost.MethodCost;
import org.sparksbp.cost.ComparativeCost.SeedCurves;
import org.sparksbp.cost.ComparativeCost.SeedLeftOut;
import org.sparksbp.statistics.RatioInterval;

/**
 * The cost of arms on error levels that they share, seed by seed.
 *
 * @param arms compared
 * @param cost over the seeds that could be compared, the arms in the same order
 * @param accuracies by arm, after the last epoch, of the seeds that could be compared
 * @param reasons why seeds are missing
 */
record ArmCosts(
    List<String> arms, ComparativeCost cost, List<double[]> accuracies, List<String> reasons) {

  ArmCosts {
    arms = List.copyOf(arms);
    accuracies = List.copyOf(accuracies);
    reasons = List.copyOf(reasons);
  }

  /** Compares some arms of a point, at least two. */
  static ArmCosts of(SweepPoint point, List<String> arms) {
    List<String> reasons = new ArrayList<>();
    List<SeedCurves> curves = new ArrayList<>();
    for (long seed : point.seeds()) {
      List<double[]> found = new ArrayList<>();
      List<double[]> standardErrors = new ArrayList<>();
      for (String arm : arms) {
        TrialResult trial = point.trial(arm, seed);
        if (trial != null && trial.ended()) {
          found.add(trial.errors());
          standardErrors.add(trial.standardErrors());
        } else {
          reasons.add(missing(arm, seed, trial));
        }
      }
      if (found.size() == arms.size()) {
        curves.add(new SeedCurves(seed, found, standardErrors));
      }
    }
    List<Method> methods =
        arms.stream().map(arm -> new Method("arm " + arm, point.complexity(arm))).toList();
    ComparativeCost cost = ComparativeCost.of(methods, curves, point.bandRule());
    for (SeedLeftOut left : cost.notComparable()) {
      reasons.add("seed " + left.seed() + ": " + left.outcome().message());
    }
    List<double[]> accuracies =
        arms.stream().map(arm -> point.lastAccuracies(arm, cost.seeds())).toList();
    return new ArmCosts(arms, cost, accuracies, reasons);
  }

  private static String missing(String arm, long seed, TrialResult trial) {
    String start = "seed " + seed + ": arm " + arm;
    if (trial == null || !trial.failed()) {
      return start + " has not ended";
    }
    return start + " failed: " + trial.reason();
  }

  /** Whether a seed could be compared. */
  boolean areKnown() {
    return !cost.seeds().isEmpty();
  }

  /** Costs of an arm by seed. */
  double[] costs(int arm) {
    return array(method(arm).costBySeed());
  }

  /** Mean epochs of an arm by seed. */
  double[] meanEpochs(int arm) {
    return array(method(arm).meanEpochsBySeed());
  }

  private MethodCost method(int arm) {
    return cost.methods().get(arm);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Cost of the second arm over that of the first. */
  RatioInterval ratio() {
    return RatioInterval.of(costs(0), costs(1));
  }

  /** The band of the levels in per cent and the share of each arm's epochs in it; or empty. */
  String levels() {
    if (!areKnown()) {
      return "";
    }
    StringBuilder shares = new StringBuilder();
    for (int arm = 0; arm < arms.size(); arm++) {
      shares
          .append(arm == 0 ? "; of the epochs within: " : ", ")
          .append(arms.get(arm))
          .append(' ')
          .append(
              String.format(Locale.ROOT, "%.0f %%", 100 * method(arm).shareInBand().orElseThrow()));
    }
    return band() + shares;
  }

  /** The band of the levels in per cent, of seeds that could be compared. */
  String band() {
    return String.format(
        Locale.ROOT,
        "%.2f to %.2f %% error",
        100 * cost.low().orElseThrow(),
        100 * cost.high().orElseThrow());
  }
}
