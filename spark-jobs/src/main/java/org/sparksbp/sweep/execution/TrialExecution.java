package org.sparksbp.sweep.execution;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.cluster.ClusterDevices;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.sweep.results.TrialSummary;

/** Trains trials with Spark. */
public interface TrialExecution {

  /**
   * The execution that a sweep's settings ask for.
   *
   * @param data by task
   * @param devices what trials compute on
   */
  static TrialExecution of(
      SweepSettings settings,
      JavaSparkContext spark,
      ResultsFolder results,
      Map<String, SweepData> data,
      ClusterDevices devices) {
    return switch (settings.execution()) {
      case CONCURRENT ->
          new ConcurrentTrials(
              spark,
              new TrialTask(results, data),
              new PackGrouping(
                  results.hadoop(), data, new PackCapacity(settings.pack(), devices::cards)));
      case DATA_PARALLEL -> new DataParallelTrials(spark, results, data, settings);
    };
  }

  /** Workers of a trial. */
  int workers();

  /** Trials that can run at the same time. */
  int concurrency();

  /**
   * Trains trials up to the epochs that they are to have.
   *
   * @param queue what to train; asked for when there is room for more
   * @param ended called with each trial's summary, by one thread at a time; must be quick
   * @param between called now and then, by one thread at a time; may take its time
   */
  void run(TrialQueue queue, Consumer<TrialSummary> ended, Runnable between) throws IOException;

  /** Makes {@link #run} return soon, leaving unfinished trials as they are; from any thread. */
  void stop();
}
