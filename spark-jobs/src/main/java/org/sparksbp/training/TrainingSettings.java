package org.sparksbp.training;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import org.sparksbp.cluster.ClusterDevices;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.rounds.RoundSettings;

/**
 * The settings of a training run.
 *
 * @param configuration the whole resolved configuration, without the system's properties: all of it
 *     but what {@link RunIdentity} leaves out is part of the run's identity
 * @param model name of the model type
 * @param task name of the task
 * @param epochs passes over the training samples, at least 1
 * @param limit first training samples used; 0 for all
 * @param earlyStopping when to stop before the last epoch
 * @param rounds what the averaging rounds depend on
 * @param checkpointEvery epochs between two checkpoints; 0 for none but on a stop
 * @param checkpointsKept newest checkpoints kept, at least 1
 */
public record TrainingSettings(
    Config configuration,
    String model,
    String task,
    int epochs,
    long limit,
    EarlyStopping earlyStopping,
    RoundSettings rounds,
    int checkpointEvery,
    int checkpointsKept) {

  /**
   * Reads the settings of a run.
   *
   * @param configuration resolved, with every key of {@code reference.conf}
   * @throws com.typesafe.config.ConfigException naming the key that is missing or makes no sense
   */
  public static TrainingSettings of(Config configuration) {
    DeviceChoice.check(configuration);
    CheckedSettings training = new CheckedSettings(configuration, "training");
    CheckedSettings checkpoint = new CheckedSettings(configuration, "checkpoint");
    var unused = new CheckedSettings(configuration, "evaluation").atLeast("limit", 0);
    return new TrainingSettings(
        configuration,
        configuration.getString("model"),
        configuration.getString("task"),
        training.atLeast("epochs", 1),
        training.atLeast("limit", 0),
        new EarlyStopping(
            training.atLeast("early-stopping.patience", 0),
            training.between("early-stopping.min-delta", 0, 1)),
        RoundSettings.of(configuration),
        checkpoint.atLeast("every", 0),
        checkpoint.atLeast("keep", 1));
  }

  /** Decides initial weights and the order of samples. */
  public long seed() {
    return rounds.seed();
  }

  /** Parts that the samples are divided into; 0 for as many as Spark has cores or GPUs. */
  public int workers() {
    return rounds.workers();
  }

  /** These settings with the number of workers decided. */
  TrainingSettings withWorkers(int number) {
    return of(configuration.withValue("training.workers", ConfigValueFactory.fromAnyRef(number)));
  }

  /** These settings with the inner loops decided, as this process, the driver, has them. */
  TrainingSettings withKernels() {
    return of(KernelChoice.decided(configuration));
  }

  /** These settings with what they compute on decided. */
  TrainingSettings withDevice(ClusterDevices devices) {
    return of(devices.decided(configuration));
  }

  /** Training samples used of those that there are. */
  long trainSamples(long available) {
    return limit == 0 ? available : Math.min(limit, available);
  }
}
