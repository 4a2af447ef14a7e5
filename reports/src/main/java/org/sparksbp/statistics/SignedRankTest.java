package org.sparksbp.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Wilcoxon's signed-rank test (Biometrics Bulletin 1, 1945), exact whatever ties there are: of all
 * ways to give the ranks signs, each equally likely, it counts those at least as far from the
 * middle. Differences of the same size share the mean of their ranks, those of 0 are left out.
 */
final class SignedRankTest {

  private SignedRankTest() {}

  /**
   * The two-sided p-value.
   *
   * @param differences of pairs
   * @param rounding by how much differences may differ and be the same
   * @return 1 where no difference is other than 0
   */
  static double pValue(double[] differences, double rounding) {
    double[] different =
        Arrays.stream(differences).filter(value -> Math.abs(value) > rounding).toArray();
    int[] ranks = doubledRanks(different, rounding);
    int all = IntStream.of(ranks).sum();
    int positive =
        IntStream.range(0, ranks.length).filter(i -> different[i] > 0).map(i -> ranks[i]).sum();
    double[] ways = ways(ranks, all);
    int smaller = Math.min(positive, all - positive);
    double tail = Arrays.stream(ways, 0, smaller + 1).sum();
    return Math.min(1, 2 * tail / Math.pow(2, ranks.length));
  }

  /** Twice the rank of each size, so that shared ranks are whole numbers. */
  private static int[] doubledRanks(double[] values, double rounding) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Math.abs(values[i])))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ranks = new int[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length
          && Math.abs(values[order[to]]) - Math.abs(values[order[to - 1]]) <= rounding) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = from + 1 + to;
      }
      from = to;
    }
    return ranks;
  }

  /** In how many ways the ranks with a positive sign add up to each sum. */
  private static double[] ways(int[] ranks, int all) {
    double[] ways = new double[all + 1];
    ways[0] = 1;
    for (int rank : ranks) {
      for (int sum = all; sum >= rank; sum--) {
        ways[sum] += ways[sum - rank];
      }
    }
    return ways;
  }
}
