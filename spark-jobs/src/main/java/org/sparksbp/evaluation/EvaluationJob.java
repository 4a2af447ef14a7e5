package org.sparksbp.evaluation;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.modelfolder.SavedModel;

/** Measures a trained model on samples. */
public final class EvaluationJob {

  /**
   * Prepares an evaluation.
   *
   * @param shape of the samples
   * @throws org.sparksbp.task.InvalidInputException if the model was made for other samples
   */
  public EvaluationJob(
      JavaSparkContext spark, SavedModel model, NetworkShape shape, MeasureSource measures)
      throws org.sparksbp.task.InvalidInputException {}

  /** Measures the model on these samples. */
  public EvaluationResult evaluate(SampleSet samples) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes the answer to every sample as CSV files {@code id,group,label,prediction,outputs...}, in
   * the order of their positions.
   *
   * @param folder new folder for the files
   */
  public void writePredictions(SampleSet samples, Path folder) {
    throw new UnsupportedOperationException();
  }
}
