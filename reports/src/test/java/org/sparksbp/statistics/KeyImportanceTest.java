package org.sparksbp.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyImportanceTest {

  private static final int POINTS = 200;

  private final Random random = new Random(3);

  /** Uniform numbers. */
  private double[][] key(int numbers) {
    return IntStream.range(0, POINTS)
        .mapToObj(i -> random.doubles(numbers).toArray())
        .toArray(double[][]::new);
  }

  private static double[] values(java.util.function.IntToDoubleFunction value) {
    return IntStream.range(0, POINTS).mapToDouble(value).toArray();
  }

  private static double share(KeyImportance importance, int key) {
    return importance.shares().get(key).meanOrNaN();
  }

  @Test
  void sharesAreThoseOfTheVariance() {
    double[][] strong = key(1);
    double[][] weak = key(1);
    double[][] none = key(1);
    // Variances 9/12 and 1/12: shares 0.9 and 0.1.
    KeyImportance importance =
        KeyImportance.of(List.of(none, weak, strong), values(i -> 3 * strong[i][0] + weak[i][0]));

    assertThat(importance.explained()).isGreaterThan(0.9);
    assertThat(share(importance, 0)).isCloseTo(0, within(0.02));
    assertThat(share(importance, 1)).isCloseTo(0.1, within(0.05));
    assertThat(share(importance, 2)).isCloseTo(0.9, within(0.1));
  }

  @Test
  void keysThatActTogetherHaveTheirCommonShareBoth() {
    double[][] one = key(1);
    double[][] other = key(1);
    // Sign against sign: neither says anything alone.
    KeyImportance importance =
        KeyImportance.of(
            List.of(one, other, key(1)),
            values(i -> (one[i][0] < 0.5) == (other[i][0] < 0.5) ? 1 : 0));

    assertThat(share(importance, 0)).isGreaterThan(0.5);
    assertThat(share(importance, 1)).isGreaterThan(0.5);
    assertThat(share(importance, 2)).isCloseTo(0, within(0.1));
  }

  @Test
  void theNumbersOfAKeyAreExchangedTogether() {
    double[][] pair = key(2);
    KeyImportance importance =
        KeyImportance.of(List.of(key(1), pair), values(i -> pair[i][0] + pair[i][1]));

    assertThat(importance.shares()).hasSize(2);
    assertThat(share(importance, 1)).isCloseTo(1, within(0.15));
  }

  @Test
  void whereKeysSayNothingNothingIsExplained() {
    double[] noise = values(i -> random.nextGaussian());
    KeyImportance importance = KeyImportance.of(List.of(key(1), key(1)), noise);

    assertThat(importance.explained()).isNegative();
    assertThat(share(importance, 0)).isCloseTo(0, within(0.15));
  }

  @Test
  void isTheSameEveryTime() {
    double[][] key = key(1);
    double[][] other = key(1);
    double[] values = values(i -> Math.sin(9 * key[i][0]) + other[i][0]);

    assertThat(KeyImportance.of(List.of(key, other), values))
        .isEqualTo(KeyImportance.of(List.of(key, other), values));
  }

  @Test
  void tellsNothingOfAFewPoints() {
    assertThatThrownBy(
            () -> KeyImportance.of(List.<double[][]>of(new double[19][1]), new double[19]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
