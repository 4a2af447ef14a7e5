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
   * @param pValues of all tests of the family
   * @return in the same order, at most 1
   */
  public static double[] adjusted(double[] pValues) {
    int tests = pValues.length;
    int[] order =
        IntStream.range(0, tests)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = Arrays.copyOf(pValues, tests);
    double largest = 0;
    for (int rank = 0; rank < tests; rank++) {
      largest = Math.max(largest, Math.min(1, (tests - rank) * pValues[order[rank]]));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}
