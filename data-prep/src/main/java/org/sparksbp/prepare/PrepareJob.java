package org.sparksbp.prepare;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.shard.Manifest;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Task;

/** Prepares a data set with Spark. */
public final class PrepareJob {

  private PrepareJob() {}

  /** To come. */
  public static Manifest run(
      JavaSparkContext spark,
      Task task,
      Path input,
      Path output,
      PrepareSettings settings,
      ProgressListener listener)
      throws IOException {
    throw new UnsupportedOperationException("Cannot prepare: not written yet");
  }
}
