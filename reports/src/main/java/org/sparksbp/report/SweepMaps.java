package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparksbp.figure.ColourScale;
import org.sparksbp.figure.HeatMap;
import org.sparksbp.figure.MarkMap;
import org.sparksbp.figure.Palette;
import org.sparksbp.figure.Panels;
import org.sparksbp.figure.Picture;
import org.sparksbp.report.FigureGroup.Figure;
import org.sparksbp.report.ReportTable.Cell;

/** Heat maps of the first two keys that a sweep varies, one for each arm. */
final class SweepMaps {

  /** Values of a key up to which cells have their numbers written in them. */
  private static final int MOST_WRITTEN = 8;

  /** Values of a key up to which a map is still legible. */
  private static final int MOST_VALUES = 40;

  /** Cells of a grid for each point from which on points are shown by themselves. */
  private static final int SPARSE = 3;

  private final String sweep;
  private final List<SweepPoint> points;
  private final String down;
  private final String across;
  private final List<String> rows;
  private final List<String> columns;
  private final List<String> arms;

  private SweepMaps(SweepResults sweep, List<SweepPoint> points, String down, String across) {
    this.sweep = sweep.name();
    this.points = points;
    this.down = down;
    this.across = across;
    this.rows = SweepPoint.values(points, down);
    this.columns = SweepPoint.values(points, across);
    this.arms = SweepPoint.arms(points);
  }

  /** The maps of a sweep; empty if it varies fewer than two keys. */
  static Optional<FigureGroup> of(SweepResults sweep, List<SweepPoint> points) throws IOException {
    List<String> varied = sweep.varied();
    if (varied.size() < 2) {
      return Optional.empty();
    }
    SweepMaps maps = new SweepMaps(sweep, points, varied.get(0), varied.get(1));
    List<String> notes = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    if (maps.isScattered()) {
      notes.add(
          "Each mark is a point, its colour the mean over the seeds of trials that have ended."
              + " Other keys that vary differ from mark to mark.");
      for (MapQuantity quantity : maps.known(notes)) {
        figures.add(maps.marks(quantity));
      }
    } else if (maps.rows.size() > MOST_VALUES || maps.columns.size() > MOST_VALUES) {
      notes.add(
          "No maps: a key has more than " + MOST_VALUES + " values; the tables have them all.");
    } else {
      notes.add(means(varied));
      for (MapQuantity quantity : maps.known(notes)) {
        figures.add(maps.grid(quantity));
      }
    }
    return Optional.of(
        new FigureGroup(
            sweep.name() + ": " + varied.get(0) + " and " + varied.get(1), notes, figures));
  }

  /** Whether the points fill too little of a grid of their values, as random ones do. */
  private boolean isScattered() {
    return SweepPoint.areNumbers(rows)
        && SweepPoint.areNumbers(columns)
        && (long) rows.size() * columns.size() > SPARSE * (long) points.size();
  }

  /** What can be shown; notes what costs are, or why there are none. */
  private List<MapQuantity> known(List<String> notes) {
    if (arms.size() < 2) {
      notes.add("No map of costs: they are relative, and there is one arm alone.");
      return List.of(MapQuantity.ERROR);
    }
    boolean known = MapQuantity.COST.isKnown(points);
    notes.add(
        known
            ? "A cost is on the error levels that the arms share at its point, the first arm's"
                + " against the second; what could not be compared is white."
            : "No map of costs: at no point can the arms be compared.");
    return known ? List.of(MapQuantity.ERROR, MapQuantity.COST) : List.of(MapQuantity.ERROR);
  }

  private static String means(List<String> varied) {
    String start = "Each cell is a mean over the seeds of trials that have ended";
    return varied.size() == 2
        ? start + "."
        : start
            + " and over the other keys that vary: "
            + String.join(", ", varied.subList(2, varied.size()))
            + ".";
  }

  /** A cell for each pair of values, one map for each arm. */
  private Figure grid(MapQuantity quantity) throws IOException {
    List<double[][]> values = arms.stream().map(arm -> means(quantity, arm)).toList();
    ColourScale scale = Palette.of(values.stream().flatMap(Arrays::stream).toList());
    boolean written = columns.size() <= MOST_WRITTEN && rows.size() <= MOST_WRITTEN;
    Panels panels = new Panels();
    ReportTable table = table(quantity);
    for (int arm = 0; arm < arms.size(); arm++) {
      double[][] cells = values.get(arm);
      HeatMap map =
          new HeatMap(
              across, columns, down, rows, cells, written ? texts(quantity, cells) : List.of());
      int height = Math.max(260, 120 + Math.min(40, 400 / rows.size()) * rows.size());
      panels.row(height, List.of(new Panels.Panel(arms.get(arm), map.plot(scale, 18))));
      for (int row = 0; row < cells.length; row++) {
        for (int column = 0; column < cells[row].length; column++) {
          double value = cells[row][column];
          table.row(
              Cell.text(arms.get(arm)),
              Cell.text(rows.get(row)),
              Cell.text(columns.get(column)),
              Cell.number(
                  Double.isNaN(value) ? NumberFormatting.UNKNOWN : quantity.text().apply(value),
                  value));
        }
      }
    }
    return figure(quantity, panels.picture(scale, quantity.label(), quantity.format()), table);
  }

  /** Means over the points that have the values, {@code [rows, columns]}; NaN where none has. */
  private double[][] means(MapQuantity quantity, String arm) {
    double[][] sums = new double[rows.size()][columns.size()];
    int[][] counts = new int[rows.size()][columns.size()];
    for (SweepPoint point : points) {
      double one = quantity.of(point, arm);
      if (!Double.isNaN(one)) {
        int row = rows.indexOf(point.value(down));
        int column = columns.indexOf(point.value(across));
        sums[row][column] += one;
        counts[row][column]++;
      }
    }
    for (int row = 0; row < sums.length; row++) {
      for (int column = 0; column < sums[row].length; column++) {
        sums[row][column] /= counts[row][column]; // NaN where there is none
      }
    }
    return sums;
  }

  private static List<List<String>> texts(MapQuantity quantity, double[][] cells) {
    return Arrays.stream(cells)
        .map(
            row ->
                Arrays.stream(row)
                    .mapToObj(value -> Double.isNaN(value) ? "" : quantity.text().apply(value))
                    .toList())
        .toList();
  }

  /** A mark for each point, one map for each arm. */
  private Figure marks(MapQuantity quantity) throws IOException {
    double[] x = numbers(across);
    double[] y = numbers(down);
    List<double[]> values =
        arms.stream()
            .map(arm -> points.stream().mapToDouble(point -> quantity.of(point, arm)).toArray())
            .toList();
    ColourScale scale = Palette.of(values);
    Panels panels = new Panels();
    ReportTable table = table(quantity);
    for (int arm = 0; arm < arms.size(); arm++) {
      MarkMap map = new MarkMap(across, x, down, y, values.get(arm));
      panels.row(420, List.of(new Panels.Panel(arms.get(arm), map.plot(scale))));
      for (int i = 0; i < x.length; i++) {
        double value = values.get(arm)[i];
        table.row(
            Cell.text(arms.get(arm)),
            Cell.number(NumberFormatting.plain(y[i]), y[i]),
            Cell.number(NumberFormatting.plain(x[i]), x[i]),
            Cell.number(NumberFormatting.threeDigits(value), value));
      }
    }
    return figure(quantity, panels.picture(scale, quantity.label(), quantity.format()), table);
  }

  private double[] numbers(String key) {
    return points.stream().mapToDouble(point -> SweepPoint.number(point.value(key))).toArray();
  }

  private String file(MapQuantity quantity) {
    return FigureGroup.fileName(sweep) + "-map-" + quantity.name();
  }

  private ReportTable table(MapQuantity quantity) {
    return new ReportTable(file(quantity))
        .column("Arm", "arm")
        .column(down, down)
        .column(across, across)
        .column(quantity.label(), quantity.name());
  }

  private Figure figure(MapQuantity quantity, Picture picture, ReportTable table) {
    return new Figure(
        quantity.title() + ", " + down + " by " + across, file(quantity), picture, table);
  }
}
