package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparksbp.figure.IntervalChart;
import org.sparksbp.report.FigureGroup.Figure;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.statistics.RatioInterval;
import org.sparksbp.statistics.SeedSummary;

/**
 * What the page begins with: what every arm of a sweep gains over another one, each in a sentence
 * with its interval, and all of them in a picture. Of a sweep with many points the best one speaks,
 * the one with the lowest chosen error over all its arms.
 *
 * @param answers in the order of the sweeps
 * @param figures the picture, or one a task; none without two arms on the same seeds
 */
record Answers(List<Answer> answers, List<Figure> figures) {

  /** Most answers, so that they fit a screen. */
  private static final int MOST = 12;

  /** Most differences in one picture. */
  private static final int MOST_ROWS = 20;

  /**
   * An answer.
   *
   * @param heading what was compared
   * @param sentences one a pair of arms
   */
  record Answer(String heading, List<String> sentences) {}

  Answers {
    answers = List.copyOf(answers);
    figures = List.copyOf(figures);
  }

  /** The answers of sweeps. */
  static Answers of(List<SweepResults> sweeps) throws IOException {
    List<Answer> answers = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (SweepResults sweep : sweeps) {
      List<SweepPoint> points = SweepPoint.bestFirst(sweep.points());
      if (points.isEmpty() || points.get(0).arms().size() < 2 || answers.size() == MOST) {
        continue;
      }
      SweepPoint point = points.get(0);
      List<String> sentences = new ArrayList<>();
      for (List<String> arms : point.pairs()) {
        SeedSummary difference = difference(point, arms);
        sentences.add(sentence(point, arms, difference));
        differences.add(new Difference(point, arms, difference));
      }
      answers.add(new Answer(heading(point, points.size()), sentences));
    }
    return new Answers(answers, figures(differences));
  }

  /** Of a pair of arms, over the seeds that both have. */
  private record Difference(SweepPoint point, List<String> arms, SeedSummary ofAccuracy) {

    /** One that learns nothing would leave the others no room. */
    boolean isDrawn() {
      return ofAccuracy.count() > 0 && arms.stream().noneMatch(point::neverLearns);
    }

    IntervalChart.Row row() {
      String label = point.sweep().name() + ": " + SweepPoint.difference(arms);
      return new IntervalChart.Row(label, point.arms().indexOf(arms.get(1)), ofAccuracy);
    }

    List<Cell> cells() {
      return List.of(
          Cell.text(point.title()),
          Cell.text(SweepPoint.difference(arms)),
          Cell.number(Integer.toString(ofAccuracy.count()), ofAccuracy.count()),
          Cell.spread(NumberFormatting.percent(ofAccuracy), ofAccuracy));
    }
  }

  /** One picture, or one a task where there are many: each then has a scale of its own. */
  private static List<Figure> figures(List<Difference> all) throws IOException {
    if (all.size() <= MOST_ROWS) {
      return figures("answers", "", all);
    }
    Map<String, List<Difference>> byTask =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    difference -> difference.point.task(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Figure> figures = new ArrayList<>();
    for (Map.Entry<String, List<Difference>> ofTask : byTask.entrySet()) {
      String name = "answers-" + FigureGroup.fileName(ofTask.getKey());
      figures.addAll(figures(name, ofTask.getKey() + ": ", ofTask.getValue()));
    }
    return figures;
  }

  private static List<Figure> figures(String name, String of, List<Difference> differences)
      throws IOException {
    List<IntervalChart.Row> rows =
        differences.stream().filter(Difference::isDrawn).map(Difference::row).toList();
    if (rows.isEmpty()) {
      return List.of();
    }
    ReportTable table =
        new ReportTable(name)
            .column("Comparison", "comparison")
            .column("Arms", "arms")
            .column("Seeds", "seeds")
            .spread("Difference of accuracy", "accuracy_difference");
    differences.forEach(difference -> table.row(difference.cells()));
    String title =
        of
            + "Accuracy of one arm less that of another, points of per cent: mean over the seeds and"
            + " its 95 % interval";
    return List.of(
        new Figure(
            title, name, IntervalChart.of(rows, 100, "difference of accuracy, points"), table));
  }

  private static String heading(SweepPoint point, int points) {
    return point.title() + (points > 1 ? " (the best of " + points + " points)" : "");
  }

  /** Accuracy after the last epoch, the second arm's less the first's, on seeds that both have. */
  private static SeedSummary difference(SweepPoint point, List<String> arms) {
    List<Long> both = point.endedSeeds(arms);
    double[] first = point.lastAccuracies(arms.get(0), both);
    double[] second = point.lastAccuracies(arms.get(1), both);
    return SeedSummary.of(
        IntStream.range(0, first.length).mapToDouble(i -> second[i] - first[i]).toArray());
  }

  private static String sentence(SweepPoint point, List<String> arms, SeedSummary difference) {
    String data = point.differentData(arms);
    return String.format(
        Locale.ROOT,
        "%s against %s%s: %s; %s.",
        arms.get(1),
        arms.get(0),
        data.isEmpty() ? "" : " (of different data: " + data + ")",
        ofAccuracy(difference),
        ofCost(ArmCosts.of(point, arms)));
  }

  private static String ofAccuracy(SeedSummary difference) {
    if (difference.count() == 0) {
      return "no seed has ended in both arms";
    }
    double mean = 100 * difference.mean().orElseThrow();
    if (difference.halfWidth().isEmpty()) {
      return String.format(
          Locale.ROOT, "accuracy %+.2f points with one seed, which shows nothing", mean);
    }
    double half = 100 * difference.halfWidth().getAsDouble();
    String verdict = mean - half > 0 ? "higher" : mean + half < 0 ? "lower" : "not told apart";
    return String.format(
        Locale.ROOT,
        "accuracy %s, %+.2f points (%+.2f to %+.2f, %s)",
        verdict,
        mean,
        mean - half,
        mean + half,
        seeds(difference.count()));
  }

  private static String seeds(int count) {
    return count == 1 ? "1 seed" : count + " seeds";
  }

  private static String ofCost(ArmCosts costs) {
    RatioInterval ratio = costs.ratio();
    if (ratio.ratio().isEmpty()) {
      return "no cost that can be compared"
          + (costs.reasons().isEmpty() ? "" : " (" + costs.reasons().get(0) + ")");
    }
    String interval = ratio.shown();
    return String.format(
        Locale.ROOT,
        "cost %.2f times (%s, %s) on levels of %s",
        ratio.ratio().getAsDouble(),
        interval.isEmpty() ? "no bounded interval" : interval,
        seeds(costs.cost().seeds().size()),
        costs.band());
  }
}
