package org.sparksbp.training;

/** The check for divergence. */
final class Finite {

  private Finite() {}

  /** Whether there is neither NaN nor infinity among the values. */
  static boolean all(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
