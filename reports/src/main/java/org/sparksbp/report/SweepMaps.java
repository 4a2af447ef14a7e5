package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.jfree.chart.renderer.PaintScale;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.statistics.SeedSummary;

/** Heat maps of the first two keys that a sweep varies, one for each arm. */
final class SweepMaps {

  /** Values of a key up to which cells have their numbers written in them. */
  private static final int MOST_WRITTEN = 8;

  /** Values of a key up to which a map is still legible. */
  private static final int MOST_VALUES = 40;

  /** Cells of a grid for each point from which on points are shown by themselves. */
  private static final int SPARSE = 3;

  private final String sweep;
  private final List<Comparison> points;
  private final String down;
  private final String across;
  private final List<String> rows;
  private final List<String> columns;

  private SweepMaps(SweepResults sweep, List<Comparison> points, String down, String across) {
    this.sweep = sweep.name();
    this.points = points;
    this.down = down;
    this.across = across;
    this.rows = values(down);
    this.columns = values(across);
  }

  /** The maps of a sweep; empty if it varies fewer than two keys. */
  static Optional<FigureGroup> of(SweepResults sweep, List<Comparison> points) throws IOException {
    List<String> varied = sweep.varied();
    if (varied.size() < 2) {
      return Optional.empty();
    }
    SweepMaps maps = new SweepMaps(sweep, points, varied.get(0), varied.get(1));
    List<String> notes = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    if (maps.isScattered()) {
      maps.scatter(notes, figures);
    } else if (maps.rows.size() > MOST_VALUES || maps.columns.size() > MOST_VALUES) {
      notes.add(
          "No maps: a key has more than " + MOST_VALUES + " values; the tables have them all.");
    } else {
      notes.add(maps.means(varied));
      figures.add(maps.errors());
      maps.costs(notes).ifPresent(figures::add);
    }
    return Optional.of(
        new FigureGroup(
            sweep.name() + ": " + varied.get(0) + " and " + varied.get(1), notes, figures));
  }

  /** Whether the points fill too little of a grid of their values, as random ones do. */
  private boolean isScattered() {
    return areNumbers(rows)
        && areNumbers(columns)
        && (long) rows.size() * columns.size() > SPARSE * (long) points.size();
  }

  private void scatter(List<String> notes, List<Figure> figures) throws IOException {
    notes.add(
        "Each mark is a point, its colour the mean over the seeds of trials that have ended. Other"
            + " keys that vary differ from mark to mark.");
    SweepScatter scatter = new SweepScatter(points, down, across, numbers(down), numbers(across));
    String file = Numbers.fileName(sweep) + "-map-";
    String between = ", " + down + " by " + across;
    figures.add(
        scatter.figure(
            "Test error after the last epoch" + between,
            file + "error",
            "test error, %",
            "error",
            "0.##",
            arms(),
            SweepMaps::error));
    if (areCostsKnown(notes)) {
      figures.add(
          scatter.figure(
              "Cost" + between, file + "cost", "cost", "cost", "0.##E0", arms(), SweepMaps::cost));
    }
  }

  private double[] numbers(String key) {
    return points.stream().mapToDouble(point -> number(value(point, key))).toArray();
  }

  /** Whether some arm has a cost somewhere; notes what costs are, or why there are none. */
  private boolean areCostsKnown(List<String> notes) {
    if (arms().size() < 2) {
      notes.add("No map of costs: they are relative, and there is one arm alone.");
      return false;
    }
    boolean known =
        points.stream()
            .anyMatch(point -> arms().stream().anyMatch(arm -> !Double.isNaN(cost(point, arm))));
    notes.add(
        known
            ? "A cost is on the error levels that the arms share at its point, the first arm's"
                + " against the second; what could not be compared is white."
            : "No map of costs: at no point can the arms be compared.");
    return known;
  }

  private String means(List<String> varied) {
    String start = "Each cell is a mean over the seeds of trials that have ended";
    return varied.size() == 2
        ? start + "."
        : start
            + " and over the other keys that vary: "
            + String.join(", ", varied.subList(2, varied.size()))
            + ".";
  }

  /** Values of a key in their order; numbers by size. */
  private List<String> values(String key) {
    List<String> found = points.stream().map(point -> value(point, key)).distinct().toList();
    return areNumbers(found)
        ? found.stream().sorted(Comparator.comparingDouble(SweepMaps::number)).toList()
        : found;
  }

  private static boolean areNumbers(List<String> values) {
    return values.stream().noneMatch(value -> Double.isNaN(number(value)));
  }

  private static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** As the trials of the first arm that has the key have it. */
  private static String value(Comparison point, String key) {
    return point.trials().stream()
        .map(trial -> trial.parameters().get(key))
        .filter(value -> value != null)
        .findFirst()
        .orElse("unset");
  }

  private Figure errors() throws IOException {
    Map map =
        new Map(
            "error", "Test error after the last epoch", "test error, %", "0.##", SweepMaps::error);
    return map.figure();
  }

  private static double error(Comparison point, String arm) {
    return 100 * (1 - Numbers.mean(point.lastAccuracy(arm)));
  }

  private Optional<Figure> costs(List<String> notes) throws IOException {
    return areCostsKnown(notes)
        ? Optional.of(new Map("cost", "Cost", "cost", "0.##E0", SweepMaps::cost).figure())
        : Optional.empty();
  }

  /** An arm's cost against the first arm, the first arm's against the second. */
  private static double cost(Comparison point, String arm) {
    List<String> arms = point.arms();
    if (arms.size() < 2 || !arms.contains(arm)) {
      return Double.NaN;
    }
    boolean first = arm.equals(arms.get(0));
    PairedCost pair = PairedCost.of(point, List.of(arms.get(0), first ? arms.get(1) : arm));
    return Numbers.mean(SeedSummary.of(pair.costs().get(first ? 0 : 1)));
  }

  private List<String> arms() {
    return points.stream().flatMap(point -> point.arms().stream()).distinct().toList();
  }

  /** One quantity of all arms. */
  private final class Map {
    private final String kind;
    private final String title;
    private final String label;
    private final String format;
    private final List<double[][]> values = new ArrayList<>();

    Map(
        String kind,
        String title,
        String label,
        String format,
        ToDoubleBiFunction<Comparison, String> quantity) {
      this.kind = kind;
      this.title = title;
      this.label = label;
      this.format = format;
      arms().forEach(arm -> values.add(means(arm, quantity)));
    }

    private double[][] means(String arm, ToDoubleBiFunction<Comparison, String> quantity) {
      double[][] sums = new double[rows.size()][columns.size()];
      int[][] counts = new int[rows.size()][columns.size()];
      for (Comparison point : points) {
        double one = quantity.applyAsDouble(point, arm);
        if (!Double.isNaN(one)) {
          int row = rows.indexOf(value(point, down));
          int column = columns.indexOf(value(point, across));
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

    private double[] all() {
      return values.stream()
          .flatMap(java.util.Arrays::stream)
          .flatMapToDouble(java.util.Arrays::stream)
          .filter(value -> !Double.isNaN(value))
          .toArray();
    }

    Figure figure() throws IOException {
      double low = java.util.Arrays.stream(all()).min().orElse(0);
      double high = java.util.Arrays.stream(all()).max().orElse(1);
      PaintScale scale = Palette.values(low, high);
      Panels panels = new Panels();
      String file = Numbers.fileName(sweep) + "-map-" + kind;
      ReportTable table =
          new ReportTable(file)
              .column("Arm", "arm")
              .column(down, down)
              .column(across, across)
              .column(label, kind);
      for (int arm = 0; arm < arms().size(); arm++) {
        HeatMap matrix =
            new HeatMap(across, columns, down, rows, values.get(arm), texts(values.get(arm)));
        int height = Math.max(260, 120 + Math.min(40, 400 / rows.size()) * rows.size());
        panels.row(height, List.of(new Panels.Panel(arms().get(arm), matrix.plot(scale, 18))));
        addRows(table, arms().get(arm), values.get(arm));
      }
      return new Figure(
          title + ", " + down + " by " + across, file, panels.png(scale, label, format), table);
    }

    private List<List<String>> texts(double[][] cells) {
      if (columns.size() > MOST_WRITTEN || rows.size() > MOST_WRITTEN) {
        return List.of();
      }
      List<List<String>> texts = new ArrayList<>();
      for (double[] row : cells) {
        texts.add(java.util.Arrays.stream(row).mapToObj(this::text).toList());
      }
      return texts;
    }

    private String text(double value) {
      if (Double.isNaN(value)) {
        return "";
      }
      return kind.equals("cost") ? Numbers.threeDigits(value) : Numbers.fixed(value, 2);
    }

    private void addRows(ReportTable table, String arm, double[][] cells) {
      for (int row = 0; row < cells.length; row++) {
        for (int column = 0; column < cells[row].length; column++) {
          table.row(
              Cell.text(arm),
              Cell.text(rows.get(row)),
              Cell.text(columns.get(column)),
              Cell.number(
                  Double.isNaN(cells[row][column]) ? Numbers.UNKNOWN : text(cells[row][column]),
                  cells[row][column]));
        }
      }
    }
  }
}
