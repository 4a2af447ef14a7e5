package org.sparksbp.report;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Trials and sweeps as tables would give them. */
final class TestTrials {

  private TestTrials() {}

  static TrialResult trial(
      long point, String arm, long seed, SortedMap<String, String> parameters, double... errors) {
    return trial("nettalk", point, arm, seed, parameters, errors);
  }

  static TrialResult trial(
      String task,
      long point,
      String arm,
      long seed,
      SortedMap<String, String> parameters,
      double... errors) {
    double[] unknown = new double[errors.length];
    Arrays.fill(unknown, Double.NaN);
    double no = Double.NaN;
    return new TrialResult(
        point + arm + seed,
        point,
        arm,
        seed,
        task,
        "rbm",
        parameters,
        "done",
        "",
        1000,
        errors,
        unknown,
        "train",
        errors[errors.length - 1],
        errors.length,
        new TrialResult.Spent(no, no, no, no, no, no, no, no));
  }

  static SweepResults sweep(List<TrialResult> trials) {
    return new SweepResults(
        "sweep", true, "0.1.0", List.of(), new TreeMap<>(), new TreeMap<>(), List.of(), trials);
  }
}
