package org.sparksbp.learner;

import java.util.Optional;

/** How a spike train of {@code [steps, channels]} becomes one input vector. */
public enum InputVector {
  /** Spikes per step, {@code [channels]}. */
  RATE,
  /** Every step's spikes side by side, {@code [steps * channels]}. */
  FLATTENED;

  /** N_0, length of the vector. */
  public int length(NetworkShape shape) {
    return this == RATE ? shape.channels() : Math.multiplyExact(shape.steps(), shape.channels());
  }

  /**
   * What {@link ModelType#changeToSeeSteps} says of a model with this input.
   *
   * @param key that the input was chosen by
   */
  public Optional<SettingChange> changeToSeeSteps(String key) {
    return this == RATE
        ? Optional.of(
            new SettingChange(key, CheckedSettings.nameOf(RATE), CheckedSettings.nameOf(FLATTENED)))
        : Optional.empty();
  }
}
