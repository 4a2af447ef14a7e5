package org.sparksbp.training;

import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.evaluation.SampleSet;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.task.Split;
import org.sparksbp.validation.ValidationSplit;
import org.sparksbp.worker.MeasureSource;

/**
 * What a model is trained with, chosen by and tested on.
 *
 * @param train samples to learn
 * @param validation samples to choose by, measured after every epoch; may be empty
 * @param test samples that nothing is chosen by, measured after every epoch; may be empty
 * @param shape what the data prescribes for the network
 * @param fingerprint identity of the prepared data
 * @param measures the task's measures
 */
public record TrainingData(
    SampleSet train,
    SampleSet validation,
    SampleSet test,
    NetworkShape shape,
    String fingerprint,
    MeasureSource measures) {

  /** What a run's settings take of prepared data. */
  public static TrainingData of(
      JavaSparkContext spark, ShardSet shards, MeasureSource measures, TrainingSettings settings) {
    ValidationSplit split =
        ValidationSplit.of(spark, shards, settings.limit(), settings.validation());
    long testLimit = settings.configuration().getLong("evaluation.limit");
    return new TrainingData(
        split.train(),
        split.validation(),
        SampleSet.of(spark, shards, Split.TEST, testLimit),
        shards.shape(),
        shards.manifest().fingerprint(),
        measures);
  }
}
