package org.sparksbp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.report.SweepResults.DataSet;
import org.sparksbp.statistics.SeedSummary;

/** The tables over all sweeps. */
final class StudyTables {

  private StudyTables() {}

  /** Accuracy and cost of every arm beside the published values. */
  static ReportTable study(List<Comparison> comparisons) {
    ReportTable table =
        new ReportTable("study")
            .column("Task", "task")
            .column("Model", "model")
            .column("Arm", "arm")
            .column("Seeds", "seeds")
            .spread("Accuracy", "accuracy")
            .column("Published accuracy", "published_accuracy")
            .spread("Cost", "cost")
            .column("Published cost", "published_cost")
            .column("Ratio", "cost_ratio")
            .column("Published ratio", "published_ratio")
            .column("Comparable with published", "comparable")
            .spread("Best epoch's accuracy", "best_accuracy")
            .column("Sweep", "sweep")
            .column("Varied", "varied");
    comparisons.forEach(
        comparison -> comparison.arms().forEach(arm -> table.row(row(comparison, arm))));
    return table;
  }

  private static List<Cell> row(Comparison comparison, String arm) {
    Optional<PublishedResult> published = PublishedResult.of(comparison.task(), comparison.model());
    Optional<PairedCost> pair = pair(comparison, arm);
    String first = comparison.arms().get(0);
    boolean reference = arm.equals(first);
    SeedSummary cost =
        SeedSummary.of(
            pair.map(costs -> costs.costs().get(reference ? 0 : 1)).orElse(new double[0]));
    double ratio =
        reference ? Double.NaN : pair.map(p -> p.ratio().orElse(Double.NaN)).orElse(Double.NaN);
    SeedSummary accuracy = comparison.lastAccuracy(arm);
    SeedSummary best = comparison.bestAccuracy(arm);
    return List.of(
        Cell.text(comparison.task()),
        Cell.text(comparison.model()),
        Cell.text(arm),
        Cell.number(Integer.toString(accuracy.count()), accuracy.count()),
        Cell.spread(Numbers.percent(accuracy), accuracy),
        Cell.text(published.map(row -> row.accuracy(arm)).orElse("")),
        Cell.spread(Numbers.scientific(cost), cost),
        Cell.text(published.map(row -> row.cost(arm)).orElse("")),
        Cell.number(Numbers.fixed(ratio, 2), ratio),
        Cell.text(
            published
                .filter(p -> arm.equals(Comparison.WITH))
                .map(PublishedResult::ratio)
                .orElse("")),
        Cell.text(comparable(comparison, arm, published)),
        Cell.spread(Numbers.percent(best), best),
        Cell.text(comparison.sweep().name()),
        Cell.text(comparison.label()));
  }

  /** An arm against the first; the first against the second, as the study has it. */
  private static Optional<PairedCost> pair(Comparison comparison, String arm) {
    List<String> arms = comparison.arms();
    if (arms.size() < 2) {
      return Optional.empty();
    }
    String other = arm.equals(arms.get(0)) ? arms.get(1) : arm;
    return Optional.of(PairedCost.of(comparison, List.of(arms.get(0), other)));
  }

  private static String comparable(
      Comparison comparison, String arm, Optional<PublishedResult> published) {
    if (published.isEmpty() || published.get().accuracy(arm).isEmpty()) {
      return "nothing published";
    }
    List<String> differences = published.get().differences(comparison, arm);
    return differences.isEmpty() ? "yes" : "no: " + String.join("; ", differences);
  }

  /** What training has really taken. */
  static ReportTable spent(List<Comparison> comparisons) {
    ReportTable table =
        new ReportTable("spent")
            .column("Comparison", "comparison")
            .column("Arm", "arm")
            .spread("Multiply-accumulates", "multiply_accumulates")
            .spread("Synaptic operations", "synaptic_operations")
            .spread("Energy of products, J", "energy_of_products_joules")
            .spread("Energy of spikes, J", "energy_of_spikes_joules")
            .spread("Wall-clock, s", "wall_seconds");
    for (Comparison comparison : comparisons) {
      for (String arm : comparison.arms()) {
        SeedSummary products = over(comparison, arm, t -> t.spent().multiplyAccumulates());
        SeedSummary synapses = over(comparison, arm, t -> t.spent().synapticOperations());
        SeedSummary ofProducts = over(comparison, arm, t -> t.spent().energyOfProducts());
        SeedSummary ofSpikes = over(comparison, arm, t -> t.spent().energyOfSpikes());
        SeedSummary seconds = over(comparison, arm, t -> t.spent().wallSeconds());
        table.row(
            Cell.text(comparison.title()),
            Cell.text(arm),
            Cell.spread(Numbers.scientific(products), products),
            Cell.spread(Numbers.scientific(synapses), synapses),
            Cell.spread(Numbers.scientific(ofProducts), ofProducts),
            Cell.spread(Numbers.scientific(ofSpikes), ofSpikes),
            Cell.spread(Numbers.fixed(seconds, 1), seconds));
      }
    }
    return table;
  }

  private static SeedSummary over(
      Comparison comparison, String arm, ToDoubleFunction<TrialResult> quantity) {
    return SeedSummary.of(
        comparison.ended(arm).stream()
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
        ? Cell.number(Numbers.UNKNOWN, Double.NaN)
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
