package org.sparksbp.sweep.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.StoppedPoints;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.HeldRecords;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.SortedRecords;
import org.sparksbp.sweep.results.TrialListener;
import org.sparksbp.sweep.results.TrialRecord;
import org.sparksbp.sweep.results.TrialRecords;

/** Writes all tables of a sweep, their rows in the order of the plan. */
public final class ResultTables {

  private final JavaSparkContext spark;
  private final ResultsFolder results;
  private final Path folder;
  private final SweepSettings settings;
  private final TrialPlan plan;

  public ResultTables(
      JavaSparkContext spark,
      ResultsFolder results,
      Path folder,
      SweepSettings settings,
      TrialPlan plan) {
    this.spark = spark;
    this.results = results;
    this.folder = folder;
    this.settings = settings;
    this.plan = plan;
  }

  /**
   * Writes what is known when all trials have ended or wait.
   *
   * @param listener told of each row's record
   */
  public void write(StoppedPoints stopped, ResultsIndex index, TrialListener listener)
      throws IOException {
    Rows rows = rows(index);
    try (NamedJobs ignored = NamedJobs.of(spark, "write tables")) {
      write(new SortedRecords(spark, results, rows.numbers, rows.planned), stopped, listener);
    }
    writeComparison(stopped, index);
  }

  /**
   * Writes what is known while trials are in training, without Spark, whose cores train.
   *
   * @param mostBytes of records that the driver may hold
   * @return whether it was written: not if the records are more than that
   */
  public boolean writeWhileTraining(StoppedPoints stopped, ResultsIndex index, long mostBytes)
      throws IOException {
    Optional<TrialRecords> records = HeldRecords.read(results, rows(index).numbers, mostBytes);
    if (records.isEmpty()) {
      return false;
    }
    write(records.get(), stopped, TrialListener.NONE);
    writeComparison(stopped, index);
    return true;
  }

  /**
   * Where trials stand.
   *
   * @param numbers of each trial that there is a record of, in the plan
   * @param planned number of rows
   */
  private record Rows(Map<String, List<Integer>> numbers, int planned) {}

  private Rows rows(ResultsIndex index) {
    Map<String, List<Integer>> numbers = new HashMap<>();
    int planned = 0;
    for (PlannedTrial trial : plan) {
      planned = trial.number() + 1;
      if (index.get(trial.id()).isPresent()) {
        numbers.computeIfAbsent(trial.id(), id -> new ArrayList<>()).add(trial.number());
      }
    }
    return new Rows(numbers, planned);
  }

  private void writeComparison(StoppedPoints stopped, ResultsIndex index) throws IOException {
    VariedColumns varied = VariedColumns.of(plan);
    new ComparisonTable(results.hadoop(), folder, settings, varied).write(plan, stopped, index);
  }

  private void write(TrialRecords records, StoppedPoints stopped, TrialListener listener)
      throws IOException {
    VariedColumns varied = VariedColumns.of(plan);
    try (TrialTables tables =
        new TrialTables(results.hadoop(), folder, settings, varied, records.measures())) {
      Iterator<TrialRecords.Row> sorted = records.iterator();
      TrialRecords.Row next = sorted.hasNext() ? sorted.next() : null;
      for (PlannedTrial trial : plan) {
        if (next != null && next.number() == trial.number()) {
          TrialRecord record = next.record().cutAt(stopped.stoppedAt(trial.point()));
          tables.write(trial, record);
          listener.row(record);
          next = sorted.hasNext() ? sorted.next() : null;
        }
      }
      tables.complete();
    }
  }
}
