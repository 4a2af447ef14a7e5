package org.sparksbp.training;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Trains a model and leaves it, its metrics and its checkpoints in a folder. */
public final class TrainingJob {

  private volatile boolean stopRequested;

  /**
   * Prepares a run.
   *
   * @param output folder of the run, on any Hadoop file system
   * @param listeners told what happens, in this order
   */
  public TrainingJob(
      JavaSparkContext spark,
      TrainingSettings settings,
      TrainingData data,
      Path output,
      List<TrainingListener> listeners) {}

  /**
   * Trains to the end, to a plateau or to a requested stop.
   *
   * @throws TrainingFailedException if parameters or outputs are no longer finite
   * @throws RunConflictException if the folder holds another run, or this one without its end and
   *     {@code mode} is not {@link StartMode#RESUME}
   * @throws com.typesafe.config.ConfigException if the model cannot be built from the settings
   */
  public TrainingOutcome run(StartMode mode) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Ends the run after the current round, with a checkpoint; from any thread. */
  public void requestStop() {
    stopRequested = true;
  }
}
