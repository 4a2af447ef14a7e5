package org.sparksbp.spikingmlp;

/** From membrane potentials to spikes. */
interface SpikeFunction {

  /** Turns a comparison into arithmetic that the compiler vectorises; NaN stays NaN. */
  float STEEP = 1e30f;

  /**
   * A spike, 1, where the potential is above the threshold, else 0. A potential that is NaN gives
   * NaN, so that a run that diverges shows it in its outputs.
   */
  SpikeFunction STEP =
      (potential, threshold, spike) -> {
        for (int i = 0; i < potential.length; i++) {
          spike[i] = Math.min(1f, Math.max(0f, (potential[i] - threshold) * STEEP));
        }
      };

  /** Writes the spikes of a layer in a step, both arrays {@code [neurons]}. */
  void fire(float[] potential, float threshold, float[] spike);
}
