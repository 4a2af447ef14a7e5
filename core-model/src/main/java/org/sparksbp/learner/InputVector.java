package org.sparksbp.learner;

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
}
