package org.sparksbp.spikingmlp;

/** From membrane potentials to spikes. */
interface Firing {

  /** Turns a comparison into arithmetic that the compiler vectorises; NaN stays NaN. */
  float STEEP = 1e30f;

  /**
   * A spike, 1, where the potential is above the threshold, else 0. A potential that is NaN gives
   * NaN, so that a run that diverges shows it in its outputs.
   */
  Firing STEP =
      (membrane, offset, length, threshold, spikes) -> {
        for (int i = offset; i < offset + length; i++) {
          spikes[i] = Math.min(1f, Math.max(0f, (membrane[i] - threshold) * STEEP));
        }
      };

  /** Writes the spikes of {@code length} neurons from {@code offset} on in both arrays. */
  void fire(float[] membrane, int offset, int length, float threshold, float[] spikes);
}
