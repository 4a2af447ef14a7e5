package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.statistics.SeedSummary;

/** The figures of one comparison, and why some are missing. */
final class ComparisonFigures {

  private final Comparison comparison;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private ComparisonFigures(Comparison comparison) throws IOException {
    this.comparison = comparison;
    if (comparison.epochs() == 0) {
      notes.add("No figures: no trial has ended an epoch.");
      return;
    }
    errors();
    if (comparison.arms().size() < 2) {
      notes.add("No costs: they are relative, and there is one arm alone.");
      return;
    }
    costs();
    accuracyAgainstCost();
  }

  /** Draws a point. */
  static FigureGroup of(Comparison comparison) throws IOException {
    ComparisonFigures drawn = new ComparisonFigures(comparison);
    return new FigureGroup(comparison.title(), drawn.notes, drawn.figures);
  }

  private void errors() throws IOException {
    String name = comparison.fileName() + "-errors";
    ReportTable table = new ReportTable(name).column("Epoch", "epoch");
    for (String arm : comparison.arms()) {
      table.column(arm + ", seeds", arm + "_seeds");
      table.spread(arm + ", error", arm + "_error");
      table.shown(arm + ", 95 % interval");
    }
    for (int epoch = 1; epoch <= comparison.epochs(); epoch++) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.number(Integer.toString(epoch), epoch));
      for (String arm : comparison.arms()) {
        SeedSummary error = comparison.error(arm, epoch);
        row.add(Cell.number(Integer.toString(error.count()), error.count()));
        row.add(Cell.spread(Numbers.percent(error), error));
        row.add(Cell.shown(interval(error)));
      }
      table.row(row);
    }
    figures.add(
        new Figure(
            "Test error by epoch: mean over the seeds and its 95 % interval",
            name, Chart.errors(comparison), table));
  }

  private static String interval(SeedSummary error) {
    if (error.halfWidth().isEmpty()) {
      return Numbers.UNKNOWN;
    }
    double mean = error.mean().getAsDouble();
    double half = error.halfWidth().getAsDouble();
    return Numbers.percent(mean - half) + " to " + Numbers.percent(mean + half);
  }

  private void costs() throws IOException {
    List<PairedCost> pairs = new ArrayList<>();
    String name = comparison.fileName() + "-costs";
    ReportTable table =
        new ReportTable(name)
            .column("Arm", "arm")
            .column("Against", "against")
            .column("Seeds compared", "seeds")
            .spread("Mean epochs", "mean_epochs")
            .column("Complexity of an epoch", "complexity")
            .spread("Cost", "cost")
            .column("Ratio", "ratio")
            .column("Not compared", "not_compared");
    for (List<String> arms : comparison.pairs()) {
      PairedCost pair = PairedCost.of(comparison, arms);
      if (pair.ratio().isPresent()) {
        pairs.add(pair);
      }
      table.row(row(pair, 0));
      table.row(row(pair, 1));
    }
    if (pairs.isEmpty()) {
      notes.add("No costs: " + String.join("; ", reasons()));
      return;
    }
    figures.add(
        new Figure(
            "Cost of each pair of arms: mean and standard deviation over the seeds",
            name,
            Chart.costs(comparison, pairs),
            table));
  }

  private List<String> reasons() {
    return comparison.pairs().stream()
        .map(
            arms ->
                String.join(" and ", arms)
                    + ": "
                    + String.join(", ", PairedCost.of(comparison, arms).reasons()))
        .toList();
  }

  private List<Cell> row(PairedCost pair, int arm) {
    SeedSummary epochs = SeedSummary.of(pair.meanEpochs().get(arm));
    SeedSummary cost = SeedSummary.of(pair.costs().get(arm));
    double complexity = comparison.complexity(pair.arms().get(arm));
    double ratio = arm == 0 ? Double.NaN : pair.ratio().orElse(Double.NaN);
    return List.of(
        Cell.text(pair.arms().get(arm)),
        Cell.text(pair.arms().get(1 - arm)),
        Cell.number(Integer.toString(cost.count()), cost.count()),
        Cell.spread(Numbers.fixed(epochs, 2), epochs),
        Cell.number(Numbers.plain(complexity), complexity),
        Cell.spread(Numbers.scientific(cost), cost),
        Cell.number(Numbers.fixed(ratio, 2), ratio),
        Cell.text(String.join("; ", pair.reasons())));
  }

  private void accuracyAgainstCost() throws IOException {
    PairedCost all = PairedCost.of(comparison, comparison.arms());
    if (all.ratio().isEmpty()) {
      notes.add(
          "No accuracy against cost, which needs error levels that all arms share: "
              + String.join("; ", all.reasons()));
      return;
    }
    String name = comparison.fileName() + "-accuracy-against-cost";
    ReportTable table =
        new ReportTable(name)
            .column("Arm", "arm")
            .column("Seeds compared", "seeds")
            .spread("Accuracy", "accuracy")
            .spread("Cost on the levels of all arms", "cost");
    for (int arm = 0; arm < all.arms().size(); arm++) {
      SeedSummary accuracy = SeedSummary.of(all.accuracies().get(arm));
      SeedSummary cost = SeedSummary.of(all.costs().get(arm));
      table.row(
          Cell.text(all.arms().get(arm)),
          Cell.number(Integer.toString(cost.count()), cost.count()),
          Cell.spread(Numbers.percent(accuracy), accuracy),
          Cell.spread(Numbers.scientific(cost), cost));
    }
    figures.add(
        new Figure(
            "Accuracy after the last epoch against cost, a dot a seed",
            name,
            Chart.accuracyAgainstCost(all),
            table));
  }
}
