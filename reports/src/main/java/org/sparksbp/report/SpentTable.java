package org.sparksbp.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.report.TrialResult.Spent;
import org.sparksbp.statistics.SeedSummary;

/** What training has really taken, whole runs of every arm. */
final class SpentTable {

  private SpentTable() {}

  static ReportTable of(List<SweepPoint> points) {
    ReportTable table =
        new ReportTable("spent")
            .column("Comparison", "comparison")
            .column("Arm", "arm")
            .spread("Multiply-accumulates", "multiply_accumulates")
            .spread("Of them graded", "graded_multiply_accumulates")
            .spread("Of them in the spiking phase", "spiking_phase_multiply_accumulates")
            .column("Its share", "spiking_phase_share")
            .spread("Synaptic operations", "synaptic_operations")
            .spread("Energy of products, J", "energy_of_products_joules")
            .spread("Energy driven by spikes, J", "energy_driven_by_spikes_joules")
            .spread("Wall-clock, s", "wall_seconds")
            .spread("Processor, s", "cpu_seconds");
    for (SweepPoint point : points) {
      point.arms().forEach(arm -> table.row(row(point, arm)));
    }
    return table;
  }

  private static List<Cell> row(SweepPoint point, String arm) {
    SeedSummary share = over(point, arm, spent -> share(spent));
    return List.of(
        Cell.text(point.title()),
        Cell.text(arm),
        count(point, arm, Spent::multiplyAccumulates),
        count(point, arm, Spent::graded),
        count(point, arm, Spent::spikingPhase),
        Cell.number(
            NumberFormatting.percent(share.mean().orElse(Double.NaN)),
            share.mean().orElse(Double.NaN)),
        count(point, arm, Spent::synapticOperations),
        count(point, arm, Spent::energyOfProducts),
        count(point, arm, Spent::energyDrivenBySpikes),
        seconds(point, arm, Spent::wallSeconds),
        seconds(point, arm, Spent::cpuSeconds));
  }

  private static Cell seconds(SweepPoint point, String arm, ToDoubleFunction<Spent> quantity) {
    SeedSummary seconds = over(point, arm, quantity);
    return Cell.spread(NumberFormatting.fixed(seconds, 1), seconds);
  }

  private static double share(Spent spent) {
    return spent.spikingPhase() / spent.multiplyAccumulates();
  }

  private static Cell count(SweepPoint point, String arm, ToDoubleFunction<Spent> quantity) {
    SeedSummary counts = over(point, arm, quantity);
    return Cell.spread(NumberFormatting.scientific(counts), counts);
  }

  private static SeedSummary over(SweepPoint point, String arm, ToDoubleFunction<Spent> quantity) {
    return SeedSummary.of(
        point.ended(arm).stream()
            .map(TrialResult::spent)
            .mapToDouble(quantity)
            .filter(value -> !Double.isNaN(value))
            .toArray());
  }
}
