package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparksbp.figure.ArmChart;
import org.sparksbp.figure.Palette;
import org.sparksbp.report.FigureGroup.Figure;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.statistics.RatioInterval;
import org.sparksbp.statistics.SeedSummary;

/** The figures of one point, and why some are missing. */
final class PointFigures {

  private final SweepPoint point;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private PointFigures(SweepPoint point) throws IOException {
    this.point = point;
    if (point.epochs() == 0) {
      notes.add("No figures: no trial has ended an epoch.");
      return;
    }
    errors();
    if (point.arms().size() < 2) {
      notes.add("No costs: they are relative, and there is one arm alone.");
      return;
    }
    costs();
    accuracyAgainstCost();
  }

  /** Draws a point. */
  static FigureGroup of(SweepPoint point) throws IOException {
    PointFigures drawn = new PointFigures(point);
    return new FigureGroup(point.title(), drawn.notes, drawn.figures);
  }

  private void errors() throws IOException {
    String name = point.fileName() + "-errors";
    ReportTable table = new ReportTable(name).column("Epoch", "epoch");
    for (String arm : point.arms()) {
      table.column(arm + ", seeds", arm + "_seeds");
      table.spread(arm + ", error", arm + "_error");
      table.shown(arm + ", 95 % interval");
    }
    for (int epoch = 1; epoch <= point.epochs(); epoch++) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.number(Integer.toString(epoch), epoch));
      for (String arm : point.arms()) {
        SeedSummary error = point.error(arm, epoch);
        row.add(Cell.number(Integer.toString(error.count()), error.count()));
        row.add(Cell.spread(NumberFormatting.percent(error), error));
        row.add(Cell.shown(interval(error)));
      }
      table.row(row);
    }
    figures.add(
        new Figure(
            "Test error by epoch: mean over the seeds, its 95 % interval, and every seed",
            name, ArmChart.errors(curves()), table));
  }

  private List<ArmChart.Curve> curves() {
    return point.arms().stream().map(this::curve).toList();
  }

  /** One that learns nothing is named but not drawn: it would leave the others no room. */
  private ArmChart.Curve curve(String arm) {
    if (point.neverLearns(arm)) {
      String error = NumberFormatting.percent(point.error(arm, point.epochs()).meanOrNaN());
      notes.add(
          arm + " learns nothing: its error is " + error + " to the end, out of the picture.");
      return new ArmChart.Curve(arm + ": " + error, List.of(), List.of());
    }
    return new ArmChart.Curve(
        arm,
        IntStream.rangeClosed(1, point.epochs())
            .mapToObj(epoch -> point.error(arm, epoch))
            .toList(),
        point.ended(arm).stream().map(TrialResult::errors).toList());
  }

  private static String interval(SeedSummary error) {
    if (error.halfWidth().isEmpty()) {
      return NumberFormatting.UNKNOWN;
    }
    double mean = error.mean().getAsDouble();
    double half = error.halfWidth().getAsDouble();
    return NumberFormatting.percent(mean - half) + " to " + NumberFormatting.percent(mean + half);
  }

  private void costs() throws IOException {
    List<ArmCosts> pairs = new ArrayList<>();
    String name = point.fileName() + "-costs";
    ReportTable table =
        new ReportTable(name)
            .column("Arm", "arm")
            .column("Against", "against")
            .column("Seeds compared", "seeds")
            .spread("Mean epochs", "mean_epochs")
            .column("Complexity of an epoch", "complexity")
            .spread("Cost", "cost")
            .column("Ratio", "ratio")
            .shown("Ratio, 95 % interval")
            .column("Levels", "levels")
            .column("Not compared", "not_compared");
    for (List<String> arms : point.pairs()) {
      ArmCosts pair = ArmCosts.of(point, arms);
      if (pair.areKnown()) {
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
            "Cost of each pair of arms: mean and standard deviation over the seeds, and every seed",
            name,
            ArmChart.costs(bars(pairs)),
            table));
  }

  private List<ArmChart.Bar> bars(List<ArmCosts> pairs) {
    List<ArmChart.Bar> bars = new ArrayList<>();
    for (ArmCosts pair : pairs) {
      for (int i = 0; i < 2; i++) {
        String arm = pair.arms().get(i);
        bars.add(
            new ArmChart.Bar(
                arm + " (against " + pair.arms().get(1 - i) + ")",
                Palette.arm(point.arms().indexOf(arm)),
                SeedSummary.of(pair.costs(i)),
                pair.costs(i)));
      }
    }
    return bars;
  }

  private List<String> reasons() {
    return point.pairs().stream()
        .map(
            arms ->
                String.join(" and ", arms)
                    + ": "
                    + String.join(", ", ArmCosts.of(point, arms).reasons()))
        .toList();
  }

  private List<Cell> row(ArmCosts pair, int arm) {
    SeedSummary epochs = SeedSummary.of(pair.meanEpochs(arm));
    SeedSummary cost = SeedSummary.of(pair.costs(arm));
    double complexity = point.complexity(pair.arms().get(arm));
    RatioInterval interval = pair.ratio();
    double ratio = arm == 0 ? Double.NaN : interval.ratio().orElse(Double.NaN);
    return List.of(
        Cell.text(pair.arms().get(arm)),
        Cell.text(pair.arms().get(1 - arm)),
        Cell.number(Integer.toString(cost.count()), cost.count()),
        Cell.spread(NumberFormatting.fixed(epochs, 2), epochs),
        Cell.number(NumberFormatting.plain(complexity), complexity),
        Cell.spread(NumberFormatting.scientific(cost), cost),
        Cell.number(NumberFormatting.fixed(ratio, 2), ratio),
        Cell.shown(arm == 0 ? "" : interval.shown()),
        Cell.text(pair.levels()),
        Cell.text(String.join("; ", pair.reasons())));
  }

  private void accuracyAgainstCost() throws IOException {
    ArmCosts all = ArmCosts.of(point, point.arms());
    if (!all.areKnown()) {
      notes.add(
          "No accuracy against cost, which needs error levels that all arms share: "
              + String.join("; ", all.reasons()));
      return;
    }
    String name = point.fileName() + "-accuracy-against-cost";
    ReportTable table =
        new ReportTable(name)
            .column("Arm", "arm")
            .column("Seeds compared", "seeds")
            .spread("Accuracy", "accuracy")
            .spread("Cost on the levels of all arms", "cost");
    for (int arm = 0; arm < all.arms().size(); arm++) {
      SeedSummary accuracy = SeedSummary.of(all.accuracies().get(arm));
      SeedSummary cost = SeedSummary.of(all.costs(arm));
      table.row(
          Cell.text(all.arms().get(arm)),
          Cell.number(Integer.toString(cost.count()), cost.count()),
          Cell.spread(NumberFormatting.percent(accuracy), accuracy),
          Cell.spread(NumberFormatting.scientific(cost), cost));
    }
    figures.add(
        new Figure(
            "Accuracy after the last epoch against cost, a dot a seed",
            name,
            ArmChart.accuracyAgainstCost(dots(all)),
            table));
  }

  private static List<ArmChart.Dots> dots(ArmCosts costs) {
    return IntStream.range(0, costs.arms().size())
        .mapToObj(
            arm ->
                new ArmChart.Dots(
                    costs.arms().get(arm), costs.costs(arm), costs.accuracies().get(arm)))
        .toList();
  }
}
