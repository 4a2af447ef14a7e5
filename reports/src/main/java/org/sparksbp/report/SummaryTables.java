package org.sparksbp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.report.SweepResults.DataSet;
import org.sparksbp.statistics.RatioInterval;
import org.sparksbp.statistics.SeedSummary;

/** The tables over all sweeps. */
final class SummaryTables {

  private SummaryTables() {}

  /** Accuracy and cost of every arm beside the published values. */
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
            .spread("Cost", "cost")
            .column("Against", "against")
            .spread("Cost of that", "cost_of_that")
            .column("Published cost", "published_cost")
            .column("Ratio", "cost_ratio")
            .column("From", "cost_ratio_low_95")
            .column("To", "cost_ratio_high_95")
            .column("Levels", "levels")
            .column("Published ratio", "published_ratio")
            .column("Comparable with published", "comparable")
            .column("Sweep", "sweep")
            .column("Varied", "varied");
    points.forEach(point -> point.arms().forEach(arm -> table.row(row(point, arm))));
    return table;
  }

  private static List<Cell> row(SweepPoint point, String arm) {
    Optional<PublishedResult> published = PublishedResult.of(point.task(), point.model());
    Optional<ArmCosts> pair = pair(point, arm);
    boolean reference = arm.equals(point.arms().get(0));
    SeedSummary cost = cost(pair, reference ? 0 : 1);
    SeedSummary ofThat = cost(pair, reference ? 1 : 0);
    RatioInterval ratio =
        pair.filter(costs -> !reference)
            .map(ArmCosts::ratio)
            .orElseGet(() -> RatioInterval.of(new double[0], new double[0]));
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
        Cell.spread(NumberFormatting.scientific(cost), cost),
        Cell.text(pair.map(costs -> costs.arms().get(reference ? 1 : 0)).orElse("")),
        Cell.spread(NumberFormatting.scientific(ofThat), ofThat),
        Cell.text(published.map(row -> row.cost(arm)).orElse("")),
        ratio(ratio.ratio()),
        ratio(ratio.low()),
        ratio(ratio.high()),
        Cell.text(pair.map(SummaryTables::levels).orElse("")),
        Cell.text(
            published
                .filter(p -> arm.equals(SweepPoint.WITH))
                .map(PublishedResult::ratio)
                .orElse("")),
        Cell.text(comparable(point, arm, published)),
        Cell.text(point.sweep().name()),
        Cell.text(point.label()));
  }

  private static SeedSummary cost(Optional<ArmCosts> pair, int arm) {
    return SeedSummary.of(pair.map(costs -> costs.costs(arm)).orElseGet(() -> new double[0]));
  }

  private static Cell ratio(OptionalDouble value) {
    double number = value.orElse(Double.NaN);
    return Cell.number(NumberFormatting.fixed(number, 2), number);
  }

  /** The levels, or why there are none. */
  private static String levels(ArmCosts pair) {
    return pair.areKnown() ? pair.levels() : String.join("; ", pair.reasons());
  }

  /** An arm against the first; the first against the second, as the study has it. */
  private static Optional<ArmCosts> pair(SweepPoint point, String arm) {
    List<String> arms = point.arms();
    if (arms.size() < 2) {
      return Optional.empty();
    }
    String other = arm.equals(arms.get(0)) ? arms.get(1) : arm;
    return Optional.of(ArmCosts.of(point, List.of(arms.get(0), other)));
  }

  private static String comparable(
      SweepPoint point, String arm, Optional<PublishedResult> published) {
    if (published.isEmpty() || published.get().accuracy(arm).isEmpty()) {
      return "nothing published";
    }
    List<String> differences = published.get().differences(point, arm);
    return differences.isEmpty() ? "yes" : "no: " + String.join("; ", differences);
  }

  /** What training has really taken. */
  static ReportTable spent(List<SweepPoint> points) {
    ReportTable table =
        new ReportTable("spent")
            .column("Comparison", "comparison")
            .column("Arm", "arm")
            .spread("Multiply-accumulates", "multiply_accumulates")
            .spread("Synaptic operations", "synaptic_operations")
            .spread("Energy of products, J", "energy_of_products_joules")
            .spread("Energy of spikes, J", "energy_of_spikes_joules")
            .spread("Wall-clock, s", "wall_seconds");
    for (SweepPoint point : points) {
      for (String arm : point.arms()) {
        SeedSummary products = over(point, arm, t -> t.spent().multiplyAccumulates());
        SeedSummary synapses = over(point, arm, t -> t.spent().synapticOperations());
        SeedSummary ofProducts = over(point, arm, t -> t.spent().energyOfProducts());
        SeedSummary ofSpikes = over(point, arm, t -> t.spent().energyOfSpikes());
        SeedSummary seconds = over(point, arm, t -> t.spent().wallSeconds());
        table.row(
            Cell.text(point.title()),
            Cell.text(arm),
            Cell.spread(NumberFormatting.scientific(products), products),
            Cell.spread(NumberFormatting.scientific(synapses), synapses),
            Cell.spread(NumberFormatting.scientific(ofProducts), ofProducts),
            Cell.spread(NumberFormatting.scientific(ofSpikes), ofSpikes),
            Cell.spread(NumberFormatting.fixed(seconds, 1), seconds));
      }
    }
    return table;
  }

  private static SeedSummary over(
      SweepPoint point, String arm, ToDoubleFunction<TrialResult> quantity) {
    return SeedSummary.of(
        point.ended(arm).stream()
            .mapToDouble(quantity)
            .filter(value -> !Double.isNaN(value))
            .toArray());
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
