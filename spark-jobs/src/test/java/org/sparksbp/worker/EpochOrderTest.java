package org.sparksbp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.random.RandomStream;

class EpochOrderTest {

  private static final int SIZE = 103;

  @ParameterizedTest
  @ValueSource(ints = {0, SIZE, 500})
  void withoutWindowsItIsThePermutationThatRunsHaveAlwaysHad(int window) {
    assertThat(order(7, 2, window))
        .isEqualTo(RandomStream.of(7, "sample-order", 2, 3).permutation(SIZE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 52, 102})
  void aWindowIsLearnedAsAWholeAndMixedInItself(int window) {
    int[] order = order(7, 2, window);
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, SIZE).toArray());
    int windows = (int) IntStream.of(order).map(sample -> sample / window).distinct().count();
    long changes =
        IntStream.range(1, SIZE).filter(i -> order[i] / window != order[i - 1] / window).count();
    assertThat(changes).isEqualTo(windows - 1);
    if (window >= 10) {
      assertThat(IntStream.range(1, SIZE).filter(i -> order[i] == order[i - 1] + 1).count())
          .as("neighbours that have stayed neighbours")
          .isLessThan(SIZE / 4);
    }
  }

  @Test
  void itIsDrawnForSeedAndEpoch() {
    assertThat(order(7, 2, 10)).isEqualTo(order(7, 2, 10));
    assertThat(order(7, 2, 10)).isNotEqualTo(order(8, 2, 10)).isNotEqualTo(order(7, 3, 10));
    EpochOrder drawn = EpochOrder.of(7, 2, 3, SIZE, 10);
    assertThat(drawn.isOf(7, 2, 10)).isTrue();
    assertThat(drawn.isOf(7, 2, 0)).isFalse();
    assertThat(EpochOrder.of(7, 2, 3, SIZE, 0).isOf(7, 2, SIZE)).isTrue();
  }

  private static int[] order(long seed, int epoch, int window) {
    EpochOrder order = EpochOrder.of(seed, epoch, 3, SIZE, window);
    return IntStream.range(0, SIZE).map(order::at).toArray();
  }
}
