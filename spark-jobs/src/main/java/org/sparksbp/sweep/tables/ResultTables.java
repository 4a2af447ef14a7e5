package org.sparksbp.sweep.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.StoppedPoints;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.SortedRecords;
import org.sparksbp.sweep.results.TrialListener;
import org.sparksbp.sweep.results.TrialRecord;

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
   * Writes what is known now.
   *
   * @param listener told of each row's record
   */
  public void write(StoppedPoints stopped, ResultsIndex index, TrialListener listener)
      throws IOException {
    Map<String, List<Integer>> rows = new HashMap<>();
    int planned = 0;
    for (PlannedTrial trial : plan) {
      planned = trial.number() + 1;
      if (index.get(trial.id()).isPresent()) {
        rows.computeIfAbsent(trial.id(), id -> new ArrayList<>()).add(trial.number());
      }
    }
    try (NamedJobs ignored = NamedJobs.of(spark, "write tables")) {
      write(rows, planned, stopped, listener);
    }
    VariedColumns varied = VariedColumns.of(plan);
    new ComparisonTable(results.hadoop(), folder, settings, varied).write(plan, stopped, index);
  }

  private void write(
      Map<String, List<Integer>> rows, int planned, StoppedPoints stopped, TrialListener listener)
      throws IOException {
    SortedRecords records = new SortedRecords(spark, results, rows, planned);
    VariedColumns varied = VariedColumns.of(plan);
    try (TrialTables tables =
        new TrialTables(results.hadoop(), folder, settings, varied, records.measures())) {
      Iterator<SortedRecords.Row> sorted = records.iterator();
      SortedRecords.Row next = sorted.hasNext() ? sorted.next() : null;
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
