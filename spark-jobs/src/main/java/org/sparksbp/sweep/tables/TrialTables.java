package org.sparksbp.sweep.tables;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.cost.ErrorLevels;
import org.sparksbp.learner.Work;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.results.TrialRecord;
import org.sparksbp.table.ColumnType;
import org.sparksbp.table.EpochRow;
import org.sparksbp.table.EpochTimesRow;
import org.sparksbp.table.TrialKey;
import org.sparksbp.table.TrialRow;
import org.sparksbp.table.TrialTimesRow;
import org.sparksbp.training.EpochReport;

/**
 * The tables {@code trials} and {@code epochs}, which the configuration and the data determine, and
 * beside them {@code trial-times} and {@code epoch-times}, which they do not.
 */
final class TrialTables implements Closeable {

  private final SweepSettings settings;
  private final VariedColumns varied;
  private final TableFile<TrialRow> trials;
  private final TableFile<EpochRow> epochs;
  private final TableFile<TrialTimesRow> trialTimes;
  private final TableFile<EpochTimesRow> epochTimes;

  /**
   * Begins the tables.
   *
   * @param measures names of all measures, {@code test.error} and so on
   */
  TrialTables(
      Configuration hadoop,
      Path folder,
      SweepSettings settings,
      VariedColumns varied,
      SortedSet<String> measures)
      throws IOException {
    this.settings = settings;
    this.varied = varied;
    List<String> names = measures.stream().map(TrialTables::column).toList();
    List<String> levels = settings.accuracies().stream().map(TrialTables::column).toList();
    this.trials =
        new TableFile<>(
            hadoop,
            folder,
            TrialRow.TABLE
                .filled(TrialRow.VARIED, varied.types())
                .filled(TrialRow.LAST_MEASURES, names, ColumnType.NUMBER)
                .filled(TrialRow.PRODUCTS_TO_ACCURACY, levels, ColumnType.WHOLE)
                .filled(TrialRow.EPOCHS_TO_ACCURACY, levels, ColumnType.WHOLE));
    this.epochs =
        new TableFile<>(
            hadoop, folder, EpochRow.TABLE.filled(EpochRow.MEASURES, names, ColumnType.NUMBER));
    this.trialTimes =
        new TableFile<>(
            hadoop,
            folder,
            TrialTimesRow.TABLE.filled(
                TrialTimesRow.SECONDS_TO_ACCURACY, levels, ColumnType.NUMBER));
    this.epochTimes = new TableFile<>(hadoop, folder, EpochTimesRow.TABLE);
  }

  private static String column(String measure) {
    return measure.replace('.', '_');
  }

  private static String column(double level) {
    return Double.toString(level);
  }

  /** Appends a trial to all tables. */
  void write(PlannedTrial trial, TrialRecord record) throws IOException {
    TrialKey key = VariedColumns.key(trial);
    trials.write(row(key, varied, trial, record));
    trialTimes.write(times(key, record));
    for (EpochReport epoch : record.epochs()) {
      epochs.write(
          new EpochRow(
              key,
              epoch.epoch(),
              measures(epoch),
              complexity(record),
              epoch.trainSamples(),
              epoch.trainingWork(),
              epoch.testWork()));
      epochTimes.write(
          new EpochTimesRow(
              key, epoch.epoch(), epoch.trainingSeconds(), epoch.evaluationSeconds()));
    }
  }

  private TrialRow row(TrialKey key, VariedColumns varied, PlannedTrial trial, TrialRecord record) {
    List<EpochReport> reports = record.epochs();
    EpochReport best = best(reports);
    Work work = workTo(reports, reports.size());
    return new TrialRow(
        key,
        varied.of(trial),
        record.about().data(),
        record.about().softwareVersion(),
        record.status().key(),
        record.reason().isEmpty() ? null : record.reason(),
        reports.size(),
        best == null ? null : best.selectedOn().key(),
        best == null ? Double.NaN : best.test().getOrDefault("error", Double.NaN),
        best == null ? Double.NaN : best.error(),
        best == null ? null : (long) best.epoch(),
        reports.isEmpty() ? Map.of() : measures(reports.get(reports.size() - 1)),
        complexity(record),
        work,
        byLevel(reports, reached -> workTo(reports, reached.epoch()).multiplyAccumulates()),
        settings.energy().joulesOfProducts(work),
        settings.energy().joulesDrivenBySpikes(work),
        byLevel(reports, reached -> (long) reached.epoch()));
  }

  private TrialTimesRow times(TrialKey key, TrialRecord record) {
    List<EpochReport> reports = record.epochs();
    double training = reports.stream().mapToDouble(EpochReport::trainingSeconds).sum();
    long samples = reports.stream().mapToLong(EpochReport::trainSamples).sum();
    double cpuSeconds = record.times().cpuSeconds();
    return new TrialTimesRow(
        key,
        record.times().wallSeconds(),
        cpuSeconds == 0 ? Double.NaN : cpuSeconds,
        record.times().peakMemoryBytes(),
        training,
        reports.stream().mapToDouble(EpochReport::evaluationSeconds).sum(),
        training == 0 ? Double.NaN : samples / training,
        byLevel(reports, reached -> secondsTo(reports, reached.epoch())));
  }

  private static double complexity(TrialRecord record) {
    return record.complexity() == 0 ? Double.NaN : record.complexity();
  }

  private static Map<String, Double> measures(EpochReport epoch) {
    Map<String, Double> measures = new HashMap<>();
    epoch.measures().forEach((name, value) -> measures.put(column(name), value));
    return measures;
  }

  private static EpochReport best(List<EpochReport> reports) {
    EpochReport best = null;
    for (EpochReport report : reports) {
      if (best == null || report.error() < best.error()) {
        best = report;
      }
    }
    return best;
  }

  /** What is known of the first epoch that has an accuracy, by level. */
  private <V> Map<String, V> byLevel(List<EpochReport> reports, Function<EpochReport, V> value) {
    Map<String, V> values = new HashMap<>();
    for (double level : settings.accuracies()) {
      reports.stream()
          .filter(report -> ErrorLevels.isReached(report.error(), 1 - level))
          .findFirst()
          .ifPresent(reached -> values.put(column(level), value.apply(reached)));
    }
    return values;
  }

  private static Work workTo(List<EpochReport> reports, int epoch) {
    return reports.subList(0, epoch).stream()
        .map(EpochReport::trainingWork)
        .reduce(Work.NONE, Work::plus);
  }

  /** Training alone: the evaluations are the sweep's, not the method's. */
  private static double secondsTo(List<EpochReport> reports, int epoch) {
    return reports.stream()
        .filter(report -> report.epoch() <= epoch)
        .mapToDouble(EpochReport::trainingSeconds)
        .sum();
  }

  /** Says that all trials are there. */
  void complete() {
    List.of(trials, epochs, trialTimes, epochTimes).forEach(TableFile::complete);
  }

  @Override
  public void close() throws IOException {
    trials.close();
    epochs.close();
    trialTimes.close();
    epochTimes.close();
  }
}
