package org.sparksbp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.report.SweepResults.DataSet;
import org.sparksbp.statistics.RatioInterval;
import org.sparksbp.statistics.SeedSummary;

/** The tables over all sweeps. */
final class SummaryTables {

  private SummaryTables() {}

  /** Accuracy of every arm beside the published values. */
  static ReportTable study(List<SweepPoint> points) {
    ReportTable table =
        new ReportTable("study")
            .column("Task", "task")
            .column("Model", "model")
            .column("Arm", "arm")
            .column("Seeds", "seeds")
            .spread("Accuracy", "accuracy")
            .column("Published accuracy", "published_accuracy")
            .spread("Chosen epoch's accuracy", "chosen_accuracy")
            .column("Chosen on", "chosen_on")
            .column("Comparable with published", "comparable")
            .column("Sweep", "sweep")
            .column("Varied", "varied");
    points.forEach(point -> point.arms().forEach(arm -> table.row(accuracies(point, arm))));
    return table;
  }

  private static List<Cell> accuracies(SweepPoint point, String arm) {
    Optional<PublishedResult> published = PublishedResult.of(point.task(), point.model());
    SeedSummary accuracy = point.lastAccuracy(arm);
    SeedSummary chosen = point.chosenAccuracy(arm);
    return List.of(
        Cell.text(point.task()),
        Cell.text(point.model()),
        Cell.text(arm),
        Cell.number(Integer.toString(accuracy.count()), accuracy.count()),
        Cell.spread(NumberFormatting.percent(accuracy), accuracy),
        Cell.text(published.map(row -> row.accuracy(arm)).orElse("")),
        Cell.spread(NumberFormatting.percent(chosen), chosen),
        Cell.text(point.selectedOn(arm)),
        Cell.text(comparable(point, arm, published)),
        Cell.text(point.sweep().name()),
        Cell.text(point.label()));
  }

  /** Cost of every arm against the first, beside the published values. */
  static ReportTable costs(List<SweepPoint> points) {
    ReportTable table =
        new ReportTable("costs")
            .column("Task", "task")
            .column("Model", "model")
            .column("Arm", "arm")
            .column("Against", "against")
            .column("Seeds", "seeds")
            .spread("Cost", "cost")
            .spread("Cost of that", "cost_of_that")
            .column("Ratio", "cost_ratio")
            .column("From", "cost_ratio_low_95")
            .column("To", "cost_ratio_high_95")
            .column("Published costs, ratio", "published")
            .column("Levels", "levels")
            .column("Sweep", "sweep")
            .column("Varied", "varied");
    for (SweepPoint point : points) {
      List<String> arms = point.arms();
      arms.stream().skip(1).forEach(arm -> table.row(costs(point, List.of(arms.get(0), arm))));
    }
    return table;
  }

  private static List<Cell> costs(SweepPoint point, List<String> arms) {
    String arm = arms.get(1);
    ArmCosts pair = ArmCosts.of(point, arms);
    SeedSummary cost = SeedSummary.of(pair.costs(1));
    SeedSummary ofThat = SeedSummary.of(pair.costs(0));
    RatioInterval ratio = pair.ratio();
    return List.of(
        Cell.text(point.task()),
        Cell.text(point.model()),
        Cell.text(arm),
        Cell.text(arms.get(0)),
        Cell.number(Integer.toString(cost.count()), cost.count()),
        Cell.spread(NumberFormatting.scientific(cost), cost),
        Cell.spread(NumberFormatting.scientific(ofThat), ofThat),
        ratio(ratio.ratio()),
        ratio(ratio.low()),
        ratio(ratio.high()),
        Cell.text(
            PublishedResult.of(point.task(), point.model())
                .filter(row -> arm.equals(SweepPoint.WITH))
                .map(PublishedResult::costs)
                .orElse("")),
        Cell.text(levels(pair)),
        Cell.text(point.sweep().name()),
        Cell.text(point.label()));
  }

  private static Cell ratio(OptionalDouble value) {
    double number = value.orElse(Double.NaN);
    return Cell.number(NumberFormatting.fixed(number, 2), number);
  }

  /** The levels, or the first reason why there are none. */
  private static String levels(ArmCosts pair) {
    if (pair.areKnown()) {
      return pair.levels();
    }
    List<String> reasons = pair.reasons();
    int more = reasons.size() - 1;
    return reasons.isEmpty()
        ? ""
        : reasons.get(0) + (more > 0 ? "; " + more + " more, see the figures' numbers" : "");
  }

  private static String comparable(
      SweepPoint point, String arm, Optional<PublishedResult> published) {
    if (published.isEmpty() || published.get().accuracy(arm).isEmpty()) {
      return "nothing published";
    }
    List<String> differences = published.get().differences(point, arm);
    return differences.isEmpty() ? "yes" : "no: " + String.join("; ", differences);
  }

  /** What the sweeps were trained on, and by which version. */
  static ReportTable data(List<SweepResults> sweeps) {
    ReportTable table =
        new ReportTable("data")
            .column("Sweep", "sweep")
            .column("Task", "task")
            .column("Data", "kind")
            .column("Training samples", "training_samples")
            .column("Test samples", "test_samples")
            .column("Encoder", "encoder")
            .column("Software version", "software_version")
            .column("Fingerprint", "fingerprint")
            .column("Commands", "commands");
    for (SweepResults sweep : sweeps) {
      for (DataSet data : sweep.data()) {
        table.row(
            Cell.text(sweep.name()),
            Cell.text(data.task()),
            Cell.text(data.kind()),
            count(data.trainingSamples()),
            count(data.testSamples()),
            Cell.text(data.encoder()),
            Cell.text(sweep.softwareVersion()),
            Cell.text(data.fingerprint()),
            Cell.text(String.join("; ", sweep.commands())));
      }
    }
    return table;
  }

  private static Cell count(long samples) {
    return samples < 0
        ? Cell.number(NumberFormatting.UNKNOWN, Double.NaN)
        : Cell.number(Long.toString(samples), samples);
  }

  /** How many trials have ended. */
  static ReportTable status(List<SweepResults> sweeps) {
    ReportTable table = new ReportTable("trials").column("Sweep", "sweep");
    List<String> kinds = List.of("done", "stopped", "failed", "paused");
    kinds.forEach(kind -> table.column(kind, kind));
    table.column("Finished", "finished");
    for (SweepResults sweep : sweeps) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(sweep.name()));
      for (String kind : kinds) {
        long count = sweep.trials().stream().filter(t -> t.status().equals(kind)).count();
        row.add(Cell.number(Long.toString(count), count));
      }
      row.add(Cell.text(sweep.finished() ? "yes" : "no, trials are still missing"));
      table.row(row);
    }
    return table;
  }

  /** Trials that failed or stopped early, each with its reason. */
  static ReportTable reasons(List<SweepResults> sweeps) {
    ReportTable table =
        new ReportTable("trials-without-all-epochs")
            .column("Sweep", "sweep")
            .column("Point", "point")
            .column("Arm", "arm")
            .column("Seed", "seed")
            .column("Status", "status")
            .column("Epochs", "epochs")
            .column("Reason", "reason");
    for (SweepResults sweep : sweeps) {
      for (TrialResult trial : sweep.trials()) {
        if (!trial.status().equals("done")) {
          table.row(
              Cell.text(sweep.name()),
              Cell.number(Long.toString(trial.point()), trial.point()),
              Cell.text(trial.arm()),
              Cell.number(Long.toString(trial.seed()), trial.seed()),
              Cell.text(trial.status()),
              Cell.number(Integer.toString(trial.errors().length), trial.errors().length),
              Cell.text(trial.reason()));
        }
      }
    }
    return table;
  }
}
