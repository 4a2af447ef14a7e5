package org.sparksbp.evaluation;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparksbp.cluster.ClusterDevices;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.table.CsvLines;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.MeasureSource;

/** Measures a trained model on samples. */
public final class EvaluationJob {

  private final JavaSparkContext spark;
  private final SavedModel model;
  private final MeasureSource measures;
  private final Config configuration;

  /**
   * Prepares an evaluation.
   *
   * @param shape of the samples
   * @throws InvalidInputException if the model was made for other samples
   * @throws IllegalArgumentException if this software cannot build the model
   * @throws org.sparksbp.device.NoDeviceException if GPUs were assigned and one is not usable
   */
  public EvaluationJob(
      JavaSparkContext spark, SavedModel model, NetworkShape shape, MeasureSource measures)
      throws InvalidInputException {
    if (!model.shape().equals(shape)) {
      throw new InvalidInputException(
          "Cannot evaluate: the model was trained on "
              + describe(model.shape())
              + ", the data has "
              + describe(shape)
              + "; prepare the data with the settings that the model's data had");
    }
    try (Learner probe = model.learner()) {
      probe.layout();
    }
    this.spark = spark;
    this.model = model;
    this.measures = measures;
    this.configuration =
        new ClusterDevices(spark)
            .decidedForInference(KernelChoice.decidedForInference(model.configuration()));
  }

  /** The model's configuration with what it is computed with here. */
  public Config configuration() {
    return configuration;
  }

  /** Measures the model on these samples. */
  public EvaluationResult evaluate(SampleSet samples) {
    try (NamedJobs ignored = NamedJobs.of(spark, "measure samples");
        Evaluator evaluator = evaluator(samples)) {
      return evaluator.evaluate(model.parameters());
    }
  }

  /**
   * Writes the answer to every sample, in the order of their positions, as comma-separated values:
   * id, group, label, the class of the largest output (-1 where the task has no classes), and all
   * outputs.
   *
   * @param file new file; one that is there is replaced when the new one is whole
   */
  public void writePredictions(SampleSet samples, Path file) throws IOException {
    Broadcast<float[]> shared = spark.broadcast(model.parameters());
    try (AtomicFile predictions = new AtomicFile(spark.hadoopConfiguration(), file)) {
      try (NamedJobs ignored = NamedJobs.of(spark, "write answers");
          Evaluator evaluator = evaluator(samples);
          OutputStream out = predictions.create()) {
        out.write(header().getBytes(StandardCharsets.UTF_8));
        for (Iterator<String> lines = evaluator.answers(shared).toLocalIterator();
            lines.hasNext(); ) {
          out.write((lines.next() + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
      predictions.commit();
    } finally {
      shared.destroy();
    }
  }

  private Evaluator evaluator(SampleSet samples) {
    LearnerSource learners = new LearnerSource(model.type(), configuration, model.shape());
    return new Evaluator(spark, learners, samples, measures);
  }

  private String header() {
    List<String> names = new ArrayList<>(List.of("id", "group", "label", "prediction"));
    for (int k = 0; k < model.shape().outputs(); k++) {
      names.add("output-" + k);
    }
    return CsvLines.line(names);
  }

  private static String describe(NetworkShape shape) {
    return shape.channels()
        + " channels, "
        + shape.outputs()
        + " outputs and "
        + shape.steps()
        + " steps";
  }
}
