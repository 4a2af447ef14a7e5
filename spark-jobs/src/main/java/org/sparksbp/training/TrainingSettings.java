package org.sparksbp.training;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import org.sparksbp.cluster.ClusterDevices;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.rounds.RoundSettings;
import org.sparksbp.validation.ValidationDraw;

/**
 * The settings of a training run.
 *
 * @param configuration the whole resolved configuration, without the system's properties: all of it
 *     but what {@link RunIdentity} leaves out is part of the run's identity
 * @param model name of the model type
 * @param task name of the task
 * @param epochs passes over the training samples, at least 1
 * @param limit first training samples used, to learn or to validate; 0 for all
 * @param validation which of them validate
 * @param selectsOnTest whether all is chosen by the test samples' error
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
    ValidationDraw validation,
    boolean selectsOnTest,
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
        ValidationDraw.of(configuration),
        training.choice("select-on", Map.of("auto", false, "test", true)),
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

  /**
   * Whose error a run chooses by.
   *
   * @param validationSamples how many there are
   * @param testSamples how many there are
   * @throws com.typesafe.config.ConfigException if it is to be that of test samples without any
   */
  Selection selection(long validationSamples, long testSamples) {
    if (selectsOnTest && testSamples == 0) {
      throw new CheckedSettings(configuration, "training")
          .bad("select-on", "test, but the data has no test samples");
    }
    return selectsOnTest
        ? Selection.TEST
        : validationSamples > 0 ? Selection.VALIDATION : Selection.TRAIN;
  }
}
