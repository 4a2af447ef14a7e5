package org.sparksbp.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import org.sparksbp.learner.ModelType;
import org.sparksbp.shard.Manifest;
import org.sparksbp.training.TrainingSettings;

/** Whether a model can learn what was prepared: asked of the manifest, before Spark starts. */
final class DataFit {

  private static final String CLIPS = "clips";
  private static final String RATE = "rate";

  private DataFit() {}

  /**
   * Checks the settings against the data.
   *
   * @throws ConfigException.BadValue naming the key that does not fit
   */
  static void check(TrainingSettings settings, Manifest manifest) {
    checkClips(settings, manifest);
    ModelType.named(settings.model()).check(settings.configuration(), manifest.shape());
  }

  /** A clip as one vector of rates would be a picture of all its places, without their order. */
  private static void checkClips(TrainingSettings settings, Manifest manifest) {
    Config configuration = settings.configuration();
    String key = settings.model() + ".input";
    boolean takesFrames = configuration.hasPath(key) && configuration.getString(key).equals(RATE);
    if (takesFrames && manifest.steps() > 1 && manifest.settings().sampleBy().equals(CLIPS)) {
      throw new ConfigException.BadValue(
          configuration.getValue(key).origin(),
          key,
          RATE
              + " takes one frame a sample, but the data was prepared with --sample-by clips, "
              + manifest.steps()
              + " frames a sample: prepare it with --sample-by frames, or set "
              + key
              + "="
              + (settings.model().equals("snn") ? "spikes" : "flattened"));
    }
  }
}
