package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.sparksbp.figure.IntervalChart;
import org.sparksbp.report.FigureGroup.Figure;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.statistics.KeyImportance;
import org.sparksbp.statistics.SeedSummary;

/** Which of a sweep's keys make the difference between its points. */
final class SweepImportance {

  /** Rows up to which the picture fits a screen. */
  private static final int MOST_ROWS = 24;

  private final SweepResults sweep;
  private final List<SweepPoint> points;
  private final List<String> keys;
  private final List<String> arms;
  private final List<String> notes = new ArrayList<>();

  /** By arm, of those that it can be told of. */
  private final TreeMap<Integer, KeyImportance> importance = new TreeMap<>();

  private SweepImportance(SweepResults sweep, List<SweepPoint> points) {
    this.sweep = sweep;
    this.points = points;
    this.keys = sweep.varied();
    this.arms = SweepPoint.arms(points);
  }

  /** The importance of a sweep's keys; empty if it varies one alone or has few points. */
  static Optional<FigureGroup> of(SweepResults sweep, List<SweepPoint> points) throws IOException {
    if (sweep.varied().size() < 2 || points.size() < KeyImportance.LEAST_POINTS) {
      return Optional.empty();
    }
    return Optional.of(new SweepImportance(sweep, points).group());
  }

  private FigureGroup group() throws IOException {
    notes.add(
        "The share of the differences between points that a key accounts for, by itself and together"
            + " with others: by how much a random forest tells the error of points that it has not seen"
            + " worse when the key's values are exchanged among them. Intervals are over the divisions"
            + " into seen and unseen points, not over other points.");
    IntStream.range(0, arms.size()).forEach(this::weigh);
    List<Figure> figures = importance.isEmpty() ? List.of() : List.of(figure());
    return new FigureGroup(sweep.name() + ": importance of keys", notes, figures);
  }

  private void weigh(int number) {
    String arm = arms.get(number);
    List<SweepPoint> all = points.stream().filter(point -> !point.ended(arm).isEmpty()).toList();
    List<SweepPoint> ended = all.stream().limit(KeyImportance.MOST_POINTS).toList();
    if (ended.size() < KeyImportance.LEAST_POINTS) {
      notes.add(
          arm
              + ": "
              + ended.size()
              + " points have ended, "
              + KeyImportance.LEAST_POINTS
              + " are needed.");
      return;
    }
    int epoch = commonEpoch(ended, arm);
    double[] errors =
        ended.stream().mapToDouble(point -> point.error(arm, epoch).meanOrNaN()).toArray();
    if (Arrays.stream(errors).distinct().count() == 1) {
      notes.add(arm + ": all points have the same error.");
      return;
    }
    KeyImportance ofArm =
        KeyImportance.of(keys.stream().map(key -> numbers(ended, key)).toList(), errors);
    if (ofArm.explained() > 0) {
      importance.put(number, ofArm);
    }
    String which = ended.size() < all.size() ? "the first" : "all of";
    notes.add(told(arm, which + " " + ended.size(), epoch, ofArm.explained()));
  }

  private static String told(String arm, String points, int epoch, double explained) {
    String outcome =
        explained > 0
            ? "the forest tells " + NumberFormatting.percent(explained) + " of its variance."
            : "no importance, as the forest tells it no better than their mean does.";
    return String.format(
        Locale.ROOT,
        "%s: the test error after epoch %d, which %s points have reached; %s",
        arm,
        epoch,
        points,
        outcome);
  }

  /** Points that were stopped early are compared with others at their own age. */
  private static int commonEpoch(List<SweepPoint> points, String arm) {
    return points.stream()
        .flatMap(point -> point.ended(arm).stream())
        .mapToInt(trial -> trial.errors().length)
        .min()
        .orElseThrow();
  }

  /**
   * What stands for a key's value in trees: numbers as they are, lists of them one by one, of other
   * values which it is. Where the key does not apply, numbers are infinitely low.
   */
  private static double[][] numbers(List<SweepPoint> points, String key) {
    List<String> given = points.stream().map(point -> point.given(key)).toList();
    List<double[]> lists = given.stream().map(SweepImportance::list).toList();
    int length = lists.stream().mapToInt(list -> list.length).max().orElse(0);
    boolean areNumbers =
        length > 0
            && IntStream.range(0, given.size())
                .allMatch(i -> given.get(i).isEmpty() || lists.get(i).length == length);
    if (areNumbers) {
      double[] unset = new double[length];
      Arrays.fill(unset, -Double.MAX_VALUE);
      return lists.stream().map(list -> list.length == 0 ? unset : list).toArray(double[][]::new);
    }
    List<String> values = given.stream().distinct().sorted().toList();
    return given.stream()
        .map(value -> values.stream().mapToDouble(v -> v.equals(value) ? 1 : 0).toArray())
        .toArray(double[][]::new);
  }

  /** A number, or the numbers in brackets; none of something else. */
  private static double[] list(String value) {
    double[] numbers =
        Arrays.stream(value.replaceAll("[\\[\\]\\s]", "").split(","))
            .mapToDouble(SweepPoint::number)
            .toArray();
    return Arrays.stream(numbers).anyMatch(Double::isNaN) ? new double[0] : numbers;
  }

  private Figure figure() throws IOException {
    List<Integer> order =
        IntStream.range(0, keys.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer key) -> -meanShare(key)))
            .toList();
    String name = FigureGroup.fileName(sweep.name()) + "-importance";
    ReportTable table =
        new ReportTable(name)
            .column("Key", "key")
            .column("Arm", "arm")
            .spread("Share", "share")
            .column("Explained by all keys", "explained");
    List<IntervalChart.Row> rows = new ArrayList<>();
    for (int key : order) {
      importance.forEach(
          (arm, ofArm) -> {
            SeedSummary share = ofArm.shares().get(key);
            table.row(
                Cell.text(keys.get(key)),
                Cell.text(arms.get(arm)),
                Cell.spread(NumberFormatting.percent(share), share),
                Cell.number(NumberFormatting.percent(ofArm.explained()), ofArm.explained()));
            if (rows.size() < MOST_ROWS) {
              rows.add(new IntervalChart.Row(label(key, arm), arm, share));
            }
          });
    }
    return new Figure(
        "Share of the differences between points by key",
        name,
        IntervalChart.of(rows, 100, "share of the variance, %"),
        table);
  }

  private String label(int key, int arm) {
    String last = SweepPoint.label(keys.get(key));
    return arms.size() == 1 ? last : last + ": " + arms.get(arm);
  }

  private double meanShare(int key) {
    return importance.values().stream()
        .mapToDouble(ofArm -> ofArm.shares().get(key).meanOrNaN())
        .average()
        .orElseThrow();
  }
}
