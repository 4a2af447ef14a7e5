package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparksbp.figure.KeyChart;
import org.sparksbp.figure.Picture;
import org.sparksbp.report.FigureGroup.Figure;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.statistics.SeedSummary;

/** Curves of a sweep that varies one key: what each arm comes to at each of its values. */
final class SweepCurves {

  private final String sweep;
  private final String key;
  private final List<SweepPoint> points;
  private final List<String> values;
  private final List<String> arms;

  private SweepCurves(SweepResults sweep, List<SweepPoint> points, String key) {
    this.sweep = sweep.name();
    this.key = key;
    this.points = points;
    this.values = SweepPoint.values(points, key);
    this.arms = SweepPoint.arms(points);
  }

  /** The curves of a sweep; empty if it does not vary one key, or has one value of it so far. */
  static Optional<FigureGroup> of(SweepResults sweep, List<SweepPoint> points) throws IOException {
    List<String> varied = sweep.varied();
    if (varied.size() != 1) {
      return Optional.empty();
    }
    SweepCurves curves = new SweepCurves(sweep, points, varied.get(0));
    List<Figure> figures = new ArrayList<>();
    figures.add(curves.figure(MapQuantity.ERROR));
    boolean costs = MapQuantity.COST.isKnown(points);
    if (costs) {
      figures.add(curves.figure(MapQuantity.COST));
    }
    String note =
        "Each mark is a mean over the seeds of trials that have ended, its line their 95 % interval"
            + " (Student's t), each small dot a seed. An arm that the key does not apply to is the"
            + " same at all values."
            + (costs
                ? " A cost is on the error levels that the arms share at that value, the first"
                    + " arm's against the second."
                : "");
    return Optional.of(
        new FigureGroup(sweep.name() + ": " + varied.get(0), List.of(note), figures));
  }

  private Figure figure(MapQuantity quantity) throws IOException {
    String name = FigureGroup.fileName(sweep) + "-curve-" + quantity.name();
    ReportTable table =
        new ReportTable(name)
            .column("Arm", "arm")
            .column(key, key)
            .column("Seeds", "seeds")
            .spread(quantity.label(), quantity.name());
    List<KeyChart.Curve> curves = new ArrayList<>();
    for (String arm : arms) {
      List<SeedSummary> means = new ArrayList<>();
      List<double[]> seeds = new ArrayList<>();
      for (String value : values) {
        double[] ofSeeds =
            points.stream()
                .filter(point -> point.value(key).equals(value))
                .flatMapToDouble(point -> Arrays.stream(quantity.seeds(point, arm)))
                .toArray();
        SeedSummary summary = SeedSummary.of(ofSeeds);
        seeds.add(ofSeeds);
        means.add(summary);
        table.row(
            Cell.text(arm),
            Cell.text(value),
            Cell.number(Integer.toString(summary.count()), summary.count()),
            Cell.spread(shown(summary, quantity), summary));
      }
      curves.add(new KeyChart.Curve(arm, means, seeds));
    }
    return new Figure(quantity.title() + " by " + key, name, picture(quantity, curves), table);
  }

  private static String shown(SeedSummary summary, MapQuantity quantity) {
    if (summary.mean().isEmpty()) {
      return NumberFormatting.UNKNOWN;
    }
    String mean = quantity.text().apply(summary.mean().getAsDouble());
    return summary.standardDeviation().isEmpty()
        ? mean
        : mean + " \u00b1 " + quantity.text().apply(summary.standardDeviation().getAsDouble());
  }

  private Picture picture(MapQuantity quantity, List<KeyChart.Curve> curves) throws IOException {
    KeyChart.Quantity drawn =
        new KeyChart.Quantity(quantity.label(), quantity.format(), quantity.most());
    if (!SweepPoint.areNumbers(values)) {
      return KeyChart.atNames(key, values, curves, drawn);
    }
    double[] places = values.stream().mapToDouble(SweepPoint::number).toArray();
    return KeyChart.atNumbers(key, places, curves, drawn);
  }
}
