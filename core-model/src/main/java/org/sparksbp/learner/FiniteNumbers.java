package org.sparksbp.learner;

/** Whether there is neither NaN nor infinity among some numbers. */
public final class FiniteNumbers {

  private FiniteNumbers() {}

  /** Whether all of them are finite. */
  public static boolean areAll(float[] numbers) {
    return areAll(numbers, 0, numbers.length);
  }

  /** Whether all of them are finite from an index to an end, which is exclusive. */
  public static boolean areAll(float[] numbers, int from, int to) {
    // 0 x is 0 for a finite x, else NaN, which no sum loses. Four sums do not wait for each other.
    float sum0 = 0f;
    float sum1 = 0f;
    float sum2 = 0f;
    float sum3 = 0f;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      sum0 += 0f * numbers[i];
      sum1 += 0f * numbers[i + 1];
      sum2 += 0f * numbers[i + 2];
      sum3 += 0f * numbers[i + 3];
    }
    for (; i < to; i++) {
      sum0 += 0f * numbers[i];
    }
    return sum0 + sum1 + sum2 + sum3 == 0f;
  }
}
