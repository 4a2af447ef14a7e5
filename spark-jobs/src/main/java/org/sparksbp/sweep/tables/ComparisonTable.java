package org.sparksbp.sweep.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.cost.ComparativeCost;
import org.sparksbp.cost.ComparativeCost.Method;
import org.sparksbp.cost.ComparativeCost.MethodCost;
import org.sparksbp.cost.ComparativeCost.SeedCurves;
import org.sparksbp.cost.ComparativeCost.SeedLeftOut;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.StoppedPoints;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.TrialStatus;
import org.sparksbp.sweep.results.TrialSummary;
import org.sparksbp.table.ComparisonRow;

/**
 * The table {@code comparison}: for every point the arms' mean epochs and cost, over the seeds
 * whose curves can be compared, and why others cannot.
 */
final class ComparisonTable {

  private final Configuration hadoop;
  private final Path folder;
  private final SweepSettings settings;
  private final VariedColumns varied;

  ComparisonTable(Configuration hadoop, Path folder, SweepSettings settings, VariedColumns varied) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.settings = settings;
    this.varied = varied;
  }

  /** Writes the table; one without rows if there is nothing to compare. */
  void write(TrialPlan plan, StoppedPoints stopped, ResultsIndex index) throws IOException {
    try (TableFile<ComparisonRow> table =
        new TableFile<>(
            hadoop, folder, ComparisonRow.TABLE.filled(ComparisonRow.VARIED, varied.types()))) {
      List<PlannedTrial> point = new ArrayList<>();
      for (PlannedTrial trial : plan) {
        point.add(trial);
        if (point.size() == plan.trialsOfAPoint()) {
          if (settings.arms().size() > 1) {
            writePoint(point, stopped.stoppedAt(trial.point()), index, table);
          }
          point.clear();
        }
      }
      table.complete();
    }
  }

  private void writePoint(
      List<PlannedTrial> trials, int stoppedAt, ResultsIndex index, TableFile<ComparisonRow> table)
      throws IOException {
    int seeds = settings.seeds().size();
    int arms = settings.arms().size();
    TrialSummary[][] results = new TrialSummary[arms][seeds];
    for (int i = 0; i < trials.size(); i++) {
      results[i / seeds][i % seeds] =
          index.get(trials.get(i).id()).map(summary -> summary.cutAt(stoppedAt)).orElse(null);
    }
    Set<String> reasons = new LinkedHashSet<>();
    List<SeedCurves> curves = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      SeedCurves found = curves(results, seed, reasons);
      if (found != null) {
        curves.add(found);
      }
    }
    List<Method> methods = methods(results);
    ComparativeCost cost = ComparativeCost.of(methods, curves, settings.bandRule());
    for (SeedLeftOut left : cost.notComparable()) {
      reasons.add("seed " + left.seed() + ": " + left.outcome().message());
    }
    for (int arm = 0; arm < arms; arm++) {
      PlannedTrial first = trials.get(arm * seeds);
      table.write(row(first, cost, arm, methods.get(arm).complexity(), reasons));
    }
  }

  /** A seed's curves, or null with a reason if an arm has none. */
  private SeedCurves curves(TrialSummary[][] results, int seed, Set<String> reasons) {
    long value = settings.seeds().get(seed);
    List<double[]> curves = new ArrayList<>();
    List<double[]> standardErrors = new ArrayList<>();
    for (int arm = 0; arm < results.length; arm++) {
      TrialSummary summary = results[arm][seed];
      String name = settings.arms().get(arm).name();
      if (summary == null || summary.status() == TrialStatus.PAUSED) {
        reasons.add("seed " + value + ": arm " + name + " has not ended");
        return null;
      }
      if (summary.status() == TrialStatus.FAILED) {
        reasons.add("seed " + value + ": arm " + name + " failed: " + summary.reason());
        return null;
      }
      curves.add(summary.curve());
      standardErrors.add(summary.standardErrors());
    }
    return new SeedCurves(value, curves, standardErrors);
  }

  private List<Method> methods(TrialSummary[][] results) {
    List<Method> methods = new ArrayList<>();
    for (int arm = 0; arm < results.length; arm++) {
      double complexity = 0;
      for (TrialSummary summary : results[arm]) {
        complexity = summary == null ? complexity : Math.max(complexity, summary.complexity());
      }
      methods.add(new Method("arm " + settings.arms().get(arm).name(), complexity));
    }
    return methods;
  }

  private ComparisonRow row(
      PlannedTrial trial, ComparativeCost point, int arm, double complexity, Set<String> reasons) {
    MethodCost cost = point.methods().get(arm);
    return new ComparisonRow(
        VariedColumns.key(trial),
        varied.of(trial),
        settings.seeds().size(),
        cost.cost().count(),
        point.low().orElse(Double.NaN),
        point.high().orElse(Double.NaN),
        cost.shareInBand().orElse(Double.NaN),
        cost.meanEpochs().mean().orElse(Double.NaN),
        cost.meanEpochs().standardDeviation().orElse(Double.NaN),
        complexity == 0 ? Double.NaN : complexity,
        cost.cost().mean().orElse(Double.NaN),
        cost.cost().standardDeviation().orElse(Double.NaN),
        settings.bandRule().cap().orElse(Double.NaN),
        reasons.isEmpty() ? null : String.join("; ", reasons));
  }
}
