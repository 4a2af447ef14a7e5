package org.sparksbp.sweep;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.hadoop.conf.Configuration;
import org.sparksbp.learner.Work;
import org.sparksbp.sweep.Table.Column;
import org.sparksbp.sweep.Table.Kind;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.results.SweepFolder;
import org.sparksbp.sweep.results.TrialRecord;
import org.sparksbp.training.EpochReport;

/**
 * The tables {@code trials} and {@code epochs}, which the configuration and the data determine, and
 * beside them {@code trial-times} and {@code epoch-times}, which they do not.
 */
final class TrialTables implements Closeable {

  private final SweepSettings settings;
  private final Parameters parameters;
  private final List<String> measures;
  private final Table trials;
  private final Table epochs;
  private final Table trialTimes;
  private final Table epochTimes;

  TrialTables(
      Configuration hadoop,
      SweepFolder folder,
      SweepSettings settings,
      Parameters parameters,
      SortedSet<String> measures)
      throws IOException {
    this.settings = settings;
    this.parameters = parameters;
    this.measures = List.copyOf(measures);
    this.trials = new Table(hadoop, folder.folder(), "trials", trialColumns());
    this.epochs = new Table(hadoop, folder.folder(), "epochs", epochColumns());
    this.trialTimes = new Table(hadoop, folder.folder(), "trial-times", trialTimeColumns());
    this.epochTimes =
        new Table(
            hadoop,
            folder.folder(),
            "epoch-times",
            columns(
                Kind.WHOLE,
                "number",
                Kind.TEXT,
                "trial",
                Kind.WHOLE,
                "epoch",
                Kind.NUMBER,
                "training_seconds",
                Kind.NUMBER,
                "evaluation_seconds"));
  }

  private static List<Column> columns(Object... kindsAndNames) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < kindsAndNames.length; i += 2) {
      columns.add(new Column((String) kindsAndNames[i + 1], (Kind) kindsAndNames[i]));
    }
    return columns;
  }

  private static List<Column> place() {
    return columns(
        Kind.WHOLE,
        "number",
        Kind.TEXT,
        "trial",
        Kind.WHOLE,
        "point",
        Kind.TEXT,
        "arm",
        Kind.WHOLE,
        "seed",
        Kind.TEXT,
        "task",
        Kind.TEXT,
        "model");
  }

  private List<Column> trialColumns() {
    List<Column> columns = new ArrayList<>(place());
    columns.addAll(parameters.columns());
    columns.addAll(
        columns(
            Kind.TEXT,
            "data",
            Kind.TEXT,
            "software_version",
            Kind.TEXT,
            "status",
            Kind.TEXT,
            "reason",
            Kind.WHOLE,
            "epochs",
            Kind.NUMBER,
            "best_error",
            Kind.WHOLE,
            "best_epoch"));
    measures.forEach(name -> columns.add(new Column("last_" + column(name), Kind.NUMBER)));
    columns.addAll(
        columns(
            Kind.NUMBER,
            "complexity_per_epoch",
            Kind.WHOLE,
            "multiply_accumulates",
            Kind.WHOLE,
            "synaptic_operations",
            Kind.WHOLE,
            "spikes",
            Kind.NUMBER,
            "energy_of_products_joules",
            Kind.NUMBER,
            "energy_of_spikes_joules"));
    settings
        .accuracies()
        .forEach(level -> columns.add(new Column("epochs_to_accuracy_" + level, Kind.WHOLE)));
    return columns;
  }

  private List<Column> epochColumns() {
    List<Column> columns = new ArrayList<>(place());
    columns.add(new Column("epoch", Kind.WHOLE));
    measures.forEach(name -> columns.add(new Column(column(name), Kind.NUMBER)));
    columns.addAll(
        columns(
            Kind.NUMBER,
            "complexity_per_epoch",
            Kind.WHOLE,
            "training_samples",
            Kind.WHOLE,
            "multiply_accumulates",
            Kind.WHOLE,
            "synaptic_operations",
            Kind.WHOLE,
            "spikes",
            Kind.WHOLE,
            "test_multiply_accumulates",
            Kind.WHOLE,
            "test_synaptic_operations",
            Kind.WHOLE,
            "test_spikes"));
    return columns;
  }

  private List<Column> trialTimeColumns() {
    List<Column> columns =
        new ArrayList<>(
            columns(
                Kind.WHOLE,
                "number",
                Kind.TEXT,
                "trial",
                Kind.NUMBER,
                "wall_seconds",
                Kind.NUMBER,
                "cpu_seconds",
                Kind.WHOLE,
                "peak_memory_bytes",
                Kind.NUMBER,
                "training_seconds",
                Kind.NUMBER,
                "evaluation_seconds",
                Kind.NUMBER,
                "samples_per_second"));
    settings
        .accuracies()
        .forEach(level -> columns.add(new Column("seconds_to_accuracy_" + level, Kind.NUMBER)));
    return columns;
  }

  private static String column(String measure) {
    return measure.replace('.', '_');
  }

  /** Appends a trial to all tables. */
  void write(PlannedTrial trial, TrialRecord record) throws IOException {
    writeTrial(trial, record);
    writeTimes(trial, record);
    for (EpochReport epoch : record.epochs()) {
      writeEpoch(trial, record, epoch);
    }
  }

  private static List<Object> place(PlannedTrial trial) {
    List<Object> values = new ArrayList<>();
    values.add(trial.number());
    values.add(trial.id());
    values.add(trial.point());
    values.add(trial.arm());
    values.add(trial.seed());
    values.add(trial.task());
    values.add(trial.configuration().getString("model"));
    return values;
  }

  private void writeTrial(PlannedTrial trial, TrialRecord record) throws IOException {
    List<EpochReport> reports = record.epochs();
    List<Object> row = place(trial);
    row.addAll(parameters.of(trial));
    row.add(record.about().data());
    row.add(record.about().softwareVersion());
    row.add(record.status().key());
    row.add(record.reason().isEmpty() ? null : record.reason());
    row.add(reports.size());
    EpochReport best = best(reports);
    row.add(best == null ? null : best.error());
    row.add(best == null ? null : best.epoch());
    SortedMap<String, Double> last =
        reports.isEmpty() ? null : reports.get(reports.size() - 1).measures();
    measures.forEach(name -> row.add(last == null ? null : last.get(name)));
    row.add(record.complexity() == 0 ? null : record.complexity());
    Work work = reports.stream().map(EpochReport::trainingWork).reduce(Work.NONE, Work::plus);
    row.add(work.multiplyAccumulates());
    row.add(work.synapticOperations());
    row.add(work.spikes());
    row.add(settings.energy().joulesOfProducts(work));
    row.add(settings.energy().joulesOfSpikes(work));
    for (double level : settings.accuracies()) {
      EpochReport reached = firstWith(reports, level);
      row.add(reached == null ? null : reached.epoch());
    }
    trials.row(row);
  }

  private void writeTimes(PlannedTrial trial, TrialRecord record) throws IOException {
    List<EpochReport> reports = record.epochs();
    List<Object> row = new ArrayList<>();
    row.add(trial.number());
    row.add(trial.id());
    row.add(record.times().wallSeconds());
    row.add(record.times().cpuSeconds() == 0 ? null : record.times().cpuSeconds());
    row.add(record.times().peakMemoryBytes());
    double training = reports.stream().mapToDouble(EpochReport::trainingSeconds).sum();
    row.add(training);
    row.add(reports.stream().mapToDouble(EpochReport::evaluationSeconds).sum());
    long samples = reports.stream().mapToLong(EpochReport::trainSamples).sum();
    row.add(training == 0 ? null : samples / training);
    for (double level : settings.accuracies()) {
      EpochReport reached = firstWith(reports, level);
      row.add(reached == null ? null : secondsTo(reports, reached.epoch()));
    }
    trialTimes.row(row);
  }

  private void writeEpoch(PlannedTrial trial, TrialRecord record, EpochReport epoch)
      throws IOException {
    List<Object> row = place(trial);
    row.add(epoch.epoch());
    SortedMap<String, Double> values = epoch.measures();
    measures.forEach(name -> row.add(values.get(name)));
    row.add(record.complexity() == 0 ? null : record.complexity());
    row.add(epoch.trainSamples());
    for (Work work : List.of(epoch.trainingWork(), epoch.testWork())) {
      row.add(work.multiplyAccumulates());
      row.add(work.synapticOperations());
      row.add(work.spikes());
    }
    epochs.row(row);
    List<Object> times = new ArrayList<>(place(trial).subList(0, 2));
    times.add(epoch.epoch());
    times.add(epoch.trainingSeconds());
    times.add(epoch.evaluationSeconds());
    epochTimes.row(times);
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

  private static EpochReport firstWith(List<EpochReport> reports, double accuracy) {
    return reports.stream()
        .filter(report -> report.error() <= 1 - accuracy)
        .findFirst()
        .orElse(null);
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
    List.of(trials, epochs, trialTimes, epochTimes).forEach(Table::complete);
  }

  @Override
  public void close() throws IOException {
    trials.close();
    epochs.close();
    trialTimes.close();
    epochTimes.close();
  }
}
