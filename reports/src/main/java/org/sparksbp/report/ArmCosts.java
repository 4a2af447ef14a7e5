package org.sparksbp.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.sparksbp.cost.ComparativeCost;
import org.sparksbp.cost.ComparativeCost.SeedCurves;
import org.sparksbp.cost.ComparativeCost.SeedLeftOut;

/**
 * The cost of arms on error levels that they share, seed by seed.
 *
 * @param arms compared
 * @param costs by arm, of the seeds that could be compared, in the same order
 * @param meanEpochs by arm, of the same seeds
 * @param accuracies by arm, after the last epoch, of the same seeds
 * @param reasons why seeds are missing
 */
record ArmCosts(
    List<String> arms,
    List<double[]> costs,
    List<double[]> meanEpochs,
    List<double[]> accuracies,
    List<String> reasons) {

  ArmCosts {
    arms = List.copyOf(arms);
    costs = List.copyOf(costs);
    meanEpochs = List.copyOf(meanEpochs);
    accuracies = List.copyOf(accuracies);
    reasons = List.copyOf(reasons);
  }

  /** Compares some arms of a point, at least two. */
  static ArmCosts of(SweepPoint point, List<String> arms) {
    List<String> reasons = new ArrayList<>();
    List<SeedCurves> curves = new ArrayList<>();
    for (long seed : point.seeds()) {
      List<double[]> found = new ArrayList<>();
      for (String arm : arms) {
        TrialResult trial = point.trial(arm, seed);
        if (trial != null && trial.ended()) {
          found.add(trial.errors());
        } else {
          reasons.add(missing(arm, seed, trial));
        }
      }
      if (found.size() == arms.size()) {
        curves.add(new SeedCurves(seed, found));
      }
    }
    List<Double> complexities = arms.stream().map(point::complexity).toList();
    ComparativeCost cost = ComparativeCost.of(complexities, curves, point.cap());
    for (SeedLeftOut left : cost.notComparable()) {
      reasons.add("seed " + left.seed() + ": " + left.outcome().message());
    }
    List<Long> leftOut = cost.notComparable().stream().map(SeedLeftOut::seed).toList();
    long[] compared =
        curves.stream()
            .mapToLong(SeedCurves::seed)
            .filter(seed -> !leftOut.contains(seed))
            .toArray();
    List<double[]> costs = new ArrayList<>();
    List<double[]> epochs = new ArrayList<>();
    List<double[]> accuracies = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      double complexity = complexities.get(i);
      String arm = arms.get(i);
      double[] ofArm =
          cost.methods().get(i).costBySeed().stream().mapToDouble(Double::doubleValue).toArray();
      costs.add(ofArm);
      epochs.add(Arrays.stream(ofArm).map(value -> value / complexity).toArray());
      accuracies.add(
          Arrays.stream(compared)
              .mapToDouble(seed -> point.trial(arm, seed).lastAccuracy())
              .toArray());
    }
    return new ArmCosts(arms, costs, epochs, accuracies, reasons);
  }

  private static String missing(String arm, long seed, TrialResult trial) {
    String start = "seed " + seed + ": arm " + arm;
    if (trial == null || !trial.failed()) {
      return start + " has not ended";
    }
    return start + " failed: " + trial.reason();
  }

  /** Cost of the last arm over that of the first, means over the seeds. */
  OptionalDouble ratio() {
    double[] first = costs.get(0);
    double[] last = costs.get(costs.size() - 1);
    return first.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Arrays.stream(last).sum() / Arrays.stream(first).sum());
  }
}
