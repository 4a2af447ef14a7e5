package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparksbp.figure.ColourScale;
import org.sparksbp.figure.Palette;
import org.sparksbp.figure.Panels;
import org.sparksbp.figure.ParallelAxes;
import org.sparksbp.report.FigureGroup.Figure;
import org.sparksbp.report.ReportTable.Cell;

/**
 * Parallel coordinates of a sweep that varies three keys or more: where the good points lie in all
 * keys at once.
 */
final class SweepLines {

  /** Keys up to which a map or a curve shows everything. */
  private static final int MOST_MAPPED = 2;

  /** Keys up to which their axes are legible beside each other. */
  private static final int MOST_AXES = 12;

  private static final MapQuantity ERROR = MapQuantity.ERROR;

  private final String sweep;
  private final List<SweepPoint> points;
  private final List<String> keys;
  private final List<String> arms;

  private SweepLines(SweepResults sweep, List<SweepPoint> points, List<String> keys) {
    this.sweep = sweep.name();
    this.points = points;
    this.keys = keys;
    this.arms = SweepPoint.arms(points);
  }

  /** The lines of a sweep; empty if it varies fewer keys. */
  static Optional<FigureGroup> of(SweepResults sweep, List<SweepPoint> points) throws IOException {
    List<String> varied = sweep.varied();
    if (varied.size() <= MOST_MAPPED) {
      return Optional.empty();
    }
    List<String> keys = varied.subList(0, Math.min(MOST_AXES, varied.size()));
    List<String> notes = new ArrayList<>();
    notes.add(
        "Each line is a point: where it crosses an axis is its value of that key, its colour the mean"
            + " over the seeds of trials that have ended; the best is thick. Axes of numbers that span much are logarithmic.");
    if (keys.size() < varied.size()) {
      notes.add("Only the first " + MOST_AXES + " of " + varied.size() + " keys have an axis.");
    }
    SweepLines lines = new SweepLines(sweep, points, keys);
    return Optional.of(
        new FigureGroup(
            sweep.name() + ": all points by " + keys.size() + " keys",
            notes,
            List.of(lines.figure())));
  }

  private Figure figure() throws IOException {
    List<ParallelAxes.Axis> axes = keys.stream().map(this::axis).toList();
    List<double[]> values =
        arms.stream()
            .map(arm -> points.stream().mapToDouble(point -> ERROR.of(point, arm)).toArray())
            .toList();
    ColourScale scale = Palette.of(values);
    Panels panels = new Panels();
    for (int arm = 0; arm < arms.size(); arm++) {
      ParallelAxes lines = new ParallelAxes(axes, values.get(arm));
      panels.row(420, List.of(new Panels.Panel(arms.get(arm), lines.plot(scale))));
    }
    String name = FigureGroup.fileName(sweep) + "-parallel";
    return new Figure(
        ERROR.title() + " by all keys",
        name,
        panels.picture(scale, ERROR.label(), ERROR.format()),
        table(name, values));
  }

  private ParallelAxes.Axis axis(String key) {
    List<String> given = points.stream().map(point -> point.given(key)).toList();
    List<String> all =
        SweepPoint.values(points, key).stream().filter(Set.copyOf(given)::contains).toList();
    String label = SweepPoint.label(key);
    if (!SweepPoint.areNumbers(all)) {
      return ParallelAxes.ofNames(label, given, all);
    }
    return ParallelAxes.ofNumbers(label, given.stream().mapToDouble(SweepPoint::number).toArray());
  }

  private ReportTable table(String name, List<double[]> values) {
    ReportTable table = new ReportTable(name).column("Arm", "arm").column("Point", "point");
    keys.forEach(key -> table.column(key, key));
    table.column(ERROR.label(), ERROR.name());
    for (int arm = 0; arm < arms.size(); arm++) {
      for (int i = 0; i < points.size(); i++) {
        long number = points.get(i).trials().get(0).point();
        double value = values.get(arm)[i];
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.text(arms.get(arm)));
        cells.add(Cell.number(Long.toString(number), number));
        for (String key : keys) {
          cells.add(Cell.text(points.get(i).given(key)));
        }
        cells.add(
            Cell.number(
                Double.isNaN(value) ? NumberFormatting.UNKNOWN : ERROR.text().apply(value), value));
        table.row(cells.toArray(Cell[]::new));
      }
    }
    return table;
  }
}
