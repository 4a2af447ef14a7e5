package org.sparksbp.cli;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.evaluation.SampleSet;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;
import org.sparksbp.worker.MeasureSource;

/** Prepared data with the task that it is of. */
record DataFolder(ShardSet shards, Task task) {

  static DataFolder open(Configuration hadoop, Path folder) throws IOException {
    ShardSet shards = ShardSet.open(hadoop, folder);
    return new DataFolder(shards, TaskConverter.task(shards.manifest().task()));
  }

  Manifest manifest() {
    return shards.manifest();
  }

  /** Measures of the task, on the outputs that the manifest names. */
  MeasureSource measures() {
    Task measured = task;
    List<String> outputs = manifest().outputNames();
    return () -> measured.newMeasure(outputs);
  }

  /**
   * Samples of a split.
   *
   * @param limit most samples, the first ones; 0 for all
   */
  SampleSet samples(JavaSparkContext spark, Split split, long limit) {
    return SampleSet.of(spark, shards, split, limit);
  }
}
