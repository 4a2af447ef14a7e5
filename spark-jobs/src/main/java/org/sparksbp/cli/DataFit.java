package org.sparksbp.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Locale;
import java.util.Optional;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.SettingChange;
import org.sparksbp.shard.Manifest;
import org.sparksbp.training.TrainingSettings;

/** Whether a model can learn what was prepared: asked of the manifest, before Spark starts. */
final class DataFit {

  private DataFit() {}

  /**
   * Checks the settings against the data.
   *
   * @throws ConfigException.BadValue naming the key that does not fit
   */
  static void check(TrainingSettings settings, DataFolder data) {
    ModelType model = ModelType.named(settings.model());
    Manifest manifest = data.manifest();
    if (manifest.steps() > 1) {
      checkOrder(
          settings.configuration(),
          model.changeToSeeSteps(settings.configuration()),
          data.task().changeToSingleSteps(manifest.settings()),
          manifest.steps());
    }
    model.check(settings.configuration(), manifest.shape());
    checkBatch(settings.configuration(), manifest.channels());
  }

  private static void checkBatch(Config configuration, int channels) {
    String key = "training.batch";
    long most = Integer.MAX_VALUE / channels;
    if (configuration.getLong(key) > most) {
      throw new ConfigException.BadValue(
          configuration.getValue(key).origin(),
          key,
          String.format(
              Locale.ROOT,
              "%d samples of %d channels each are more than an array holds, give %d at most",
              configuration.getLong(key),
              channels,
              most));
    }
  }

  /** A clip as one vector of rates would be a picture of all its places, without their order. */
  private static void checkOrder(
      Config configuration,
      Optional<SettingChange> model,
      Optional<SettingChange> data,
      int steps) {
    if (model.isEmpty() || data.isEmpty()) {
      return;
    }
    SettingChange input = model.get();
    SettingChange prepared = data.get();
    throw new ConfigException.BadValue(
        configuration.getValue(input.name()).origin(),
        input.name(),
        input.value()
            + " takes one frame a sample, but the data was prepared with "
            + prepared.name()
            + " "
            + prepared.value()
            + ", "
            + steps
            + " frames a sample: prepare it with "
            + prepared.name()
            + " "
            + prepared.instead()
            + ", or set "
            + input.name()
            + "="
            + input.instead());
  }
}
