package org.sparksbp.training;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.util.Arrays;
import org.sparksbp.averaging.AveragingEngine;
import org.sparksbp.averaging.AveragingMode;
import org.sparksbp.averaging.AveragingTransport;
import org.sparksbp.kernel.KernelChoice;

/**
 * The settings of a training run.
 *
 * @param configuration the whole resolved configuration, without the system's properties: all of it
 *     but what {@link RunIdentity} leaves out is part of the run's identity
 * @param model name of the model type
 * @param task name of the task
 * @param seed decides initial weights and the order of samples
 * @param epochs passes over the training samples, at least 1
 * @param batch samples of a batch, at least 1
 * @param workers parts that the samples are divided into; 0 for as many as Spark has cores
 * @param limit first training samples used; 0 for all
 * @param sampleOrder whether a worker's samples change their order every epoch
 * @param earlyStopping when to stop before the last epoch
 * @param averagingMode how the workers' parameters become one
 * @param averagingEngine who trains and averages
 * @param averagingTransport how the workers' parameters come together; no part of the identity
 * @param averagingEvery batches of a worker in an averaging round; 0 for a round an epoch
 * @param checkpointEvery epochs between two checkpoints; 0 for none but on a stop
 * @param checkpointsKept newest checkpoints kept, at least 1
 */
public record TrainingSettings(
    Config configuration,
    String model,
    String task,
    long seed,
    int epochs,
    int batch,
    int workers,
    long limit,
    SampleOrder sampleOrder,
    EarlyStopping earlyStopping,
    AveragingMode averagingMode,
    AveragingEngine averagingEngine,
    AveragingTransport averagingTransport,
    int averagingEvery,
    int checkpointEvery,
    int checkpointsKept) {

  /** The order in which a worker takes its samples. */
  public enum SampleOrder {
    /** As they lie in the data, every epoch. */
    FIXED,
    /** Drawn anew for every epoch from the run's seed. */
    SHUFFLED
  }

  /**
   * Reads the settings of a run.
   *
   * @param configuration resolved, with every key of {@code reference.conf}
   * @throws ConfigException naming the key that is missing or makes no sense
   */
  public static TrainingSettings of(Config configuration) {
    return new TrainingSettings(
        configuration,
        configuration.getString("model"),
        configuration.getString("task"),
        configuration.getLong("seed"),
        atLeast(1, configuration, "training.epochs"),
        atLeast(1, configuration, "training.batch"),
        atLeast(0, configuration, "training.workers"),
        atLeast(0, configuration, "training.limit"),
        configuration.getBoolean("training.shuffle") ? SampleOrder.SHUFFLED : SampleOrder.FIXED,
        new EarlyStopping(
            atLeast(0, configuration, "training.early-stopping.patience"),
            fraction(configuration, "training.early-stopping.min-delta")),
        averagingMode(configuration),
        averagingEngine(configuration),
        averagingTransport(configuration),
        atLeast(0, configuration, "averaging.every"),
        atLeast(0, configuration, "checkpoint.every"),
        atLeast(1, configuration, "checkpoint.keep"));
  }

  /** These settings with the number of workers decided. */
  TrainingSettings withWorkers(int number) {
    return of(configuration.withValue("training.workers", ConfigValueFactory.fromAnyRef(number)));
  }

  /** These settings with the inner loops decided, as this process, the driver, has them. */
  TrainingSettings withKernels() {
    return of(KernelChoice.decided(configuration));
  }

  /** Training samples used of those that there are. */
  long trainSamples(long available) {
    return limit == 0 ? available : Math.min(limit, available);
  }

  private static int atLeast(int least, Config configuration, String key) {
    int value = configuration.getInt(key);
    if (value < least) {
      throw new ConfigException.BadValue(
          configuration.getValue(key).origin(), key, value + " is less than " + least);
    }
    return value;
  }

  private static double fraction(Config configuration, String key) {
    double value = configuration.getDouble(key);
    if (!(value >= 0 && value <= 1)) {
      throw new ConfigException.BadValue(
          configuration.getValue(key).origin(), key, value + " is not between 0 and 1");
    }
    return value;
  }

  private static AveragingMode averagingMode(Config configuration) {
    String key = "averaging.mode";
    String value = configuration.getString(key);
    return Arrays.stream(AveragingMode.values())
        .filter(mode -> mode.key().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException.BadValue(
                    configuration.getValue(key).origin(),
                    key,
                    value
                        + ", known are "
                        + Arrays.stream(AveragingMode.values()).map(AveragingMode::key).toList()));
  }

  private static AveragingTransport averagingTransport(Config configuration) {
    String key = "averaging.transport";
    String value = configuration.getString(key);
    return Arrays.stream(AveragingTransport.values())
        .filter(transport -> transport.key().equals(value))
        .findFirst()
        .orElseThrow(
            () -> bad(configuration, key, value + ", known are auto, direct and spark-jobs"));
  }

  private static AveragingEngine averagingEngine(Config configuration) {
    String key = "averaging.engine";
    String value = configuration.getString(key);
    boolean perceptron = configuration.getString("model").equals("bp-ann");
    if (value.equals(AveragingEngine.AUTO)) {
      return perceptron && averagingMode(configuration) == AveragingMode.PARAMETERS
          ? AveragingEngine.DEEPLEARNING4J
          : AveragingEngine.OWN;
    }
    if (value.equals(AveragingEngine.OWN.key())) {
      return AveragingEngine.OWN;
    }
    if (!value.equals(AveragingEngine.DEEPLEARNING4J.key())) {
      throw bad(configuration, key, value + ", known are auto, own and deeplearning4j");
    }
    if (!perceptron || averagingMode(configuration) != AveragingMode.PARAMETERS) {
      throw bad(
          configuration,
          key,
          "deeplearning4j averages the parameters of bp-ann only: use own for other models and"
              + " for averaging.mode = updates");
    }
    return AveragingEngine.DEEPLEARNING4J;
  }

  private static ConfigException.BadValue bad(Config configuration, String key, String reason) {
    return new ConfigException.BadValue(configuration.getValue(key).origin(), key, reason);
  }
}
