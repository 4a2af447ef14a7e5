package org.sparksbp.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.sparksbp.cost.ComparativeCost;
import org.sparksbp.cost.ComparativeCost.MethodCost;
import org.sparksbp.cost.ComparativeCost.SeedCurves;
import org.sparksbp.cost.ComparativeCost.SeedLeftOut;
import org.sparksbp.cost.ComparativeCost.Spread;
import org.sparksbp.sweep.Table.Column;
import org.sparksbp.sweep.Table.Kind;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.SuccessiveHalving;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.SweepFolder;
import org.sparksbp.sweep.results.TrialStatus;
import org.sparksbp.sweep.results.TrialSummary;

/**
 * The table {@code comparison}: for every point the arms' mean epochs and cost, over the seeds
 * whose curves can be compared, and why others cannot.
 */
final class ComparisonTable {

  private final Configuration hadoop;
  private final SweepFolder folder;
  private final SweepSettings settings;
  private final Parameters parameters;

  ComparisonTable(
      Configuration hadoop, SweepFolder folder, SweepSettings settings, Parameters parameters) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.settings = settings;
    this.parameters = parameters;
  }

  /** Writes the table; one without rows if there is nothing to compare. */
  void write(TrialPlan plan, SuccessiveHalving halving, ResultsIndex index) throws IOException {
    try (Table table = new Table(hadoop, folder.folder(), "comparison", columns())) {
      List<PlannedTrial> point = new ArrayList<>();
      for (PlannedTrial trial : plan) {
        point.add(trial);
        if (point.size() == plan.trialsOfAPoint()) {
          if (settings.arms().size() > 1) {
            writePoint(point, halving.stoppedAt(trial.point()), index, table);
          }
          point.clear();
        }
      }
      table.complete();
    }
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("point", Kind.WHOLE));
    columns.add(new Column("arm", Kind.TEXT));
    columns.add(new Column("task", Kind.TEXT));
    columns.add(new Column("model", Kind.TEXT));
    columns.addAll(parameters.columns());
    columns.add(new Column("seeds", Kind.WHOLE));
    columns.add(new Column("seeds_compared", Kind.WHOLE));
    for (String name :
        List.of(
            "mean_epochs",
            "mean_epochs_standard_deviation",
            "complexity_per_epoch",
            "cost",
            "cost_standard_deviation",
            "error_cap")) {
      columns.add(new Column(name, Kind.NUMBER));
    }
    columns.add(new Column("not_comparable", Kind.TEXT));
    return columns;
  }

  private void writePoint(List<PlannedTrial> trials, int stoppedAt, ResultsIndex index, Table table)
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
    List<Double> complexities = complexities(results);
    ComparativeCost cost = ComparativeCost.of(complexities, curves, settings.costCap());
    for (SeedLeftOut left : cost.notComparable()) {
      reasons.add("seed " + left.seed() + ": " + left.outcome().message());
    }
    for (int arm = 0; arm < arms; arm++) {
      PlannedTrial first = trials.get(arm * seeds);
      table.row(row(first, cost.methods().get(arm), complexities.get(arm), reasons));
    }
  }

  /** A seed's curves, or null with a reason if an arm has none. */
  private SeedCurves curves(TrialSummary[][] results, int seed, Set<String> reasons) {
    long value = settings.seeds().get(seed);
    List<double[]> curves = new ArrayList<>();
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
      curves.add(summary.errors());
    }
    return new SeedCurves(value, curves);
  }

  private static List<Double> complexities(TrialSummary[][] results) {
    List<Double> complexities = new ArrayList<>();
    for (TrialSummary[] arm : results) {
      double found = 0;
      for (TrialSummary summary : arm) {
        found = summary == null ? found : Math.max(found, summary.complexity());
      }
      complexities.add(found);
    }
    return complexities;
  }

  private List<Object> row(
      PlannedTrial trial, MethodCost cost, double complexity, Set<String> reasons) {
    List<Object> row = new ArrayList<>();
    row.add(trial.point());
    row.add(trial.arm());
    row.add(trial.task());
    row.add(trial.configuration().getString("model"));
    row.addAll(parameters.of(trial));
    row.add(settings.seeds().size());
    row.add(cost.cost().count());
    addSpread(row, cost.meanEpochs());
    row.add(complexity == 0 ? null : complexity);
    addSpread(row, cost.cost());
    row.add(number(settings.costCap()));
    row.add(reasons.isEmpty() ? null : String.join("; ", reasons));
    return row;
  }

  private static void addSpread(List<Object> row, Spread spread) {
    row.add(number(spread.mean()));
    row.add(number(spread.standardDeviation()));
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
