package org.sparksbp.learner;

/** Whether there is neither NaN nor infinity among some numbers. */
public final class FiniteNumbers {

  private FiniteNumbers() {}

  /** Whether all of them are finite. */
  public static boolean areAll(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }
}
