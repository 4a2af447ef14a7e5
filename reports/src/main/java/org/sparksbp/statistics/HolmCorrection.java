package org.sparksbp.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's step-down correction of p-values for the number of tests (Scand. J. Stat. 6, 1979). */
public final class HolmCorrection {

  private HolmCorrection() {}

  /**
   * Corrects the p-values of one family of tests.
   *
   * @param pValues of the tests of the family that gave one
   * @param tests that the family has, those without a p-value too
   * @return in the same order, at most 1
   * @throws IllegalArgumentException if the family has fewer tests than there are p-values
   */
  public static double[] adjusted(double[] pValues, int tests) {
    if (tests < pValues.length) {
      throw new IllegalArgumentException(
          "Cannot correct " + pValues.length + " p-values as a family of " + tests + " tests");
    }
    int[] order =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = Arrays.copyOf(pValues, pValues.length);
    double largest = 0;
    for (int rank = 0; rank < pValues.length; rank++) {
      largest = Math.max(largest, Math.min(1, (tests - rank) * pValues[order[rank]]));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}
