package org.sparksbp.learner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteNumbersTest {

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void oneThatIsNotFiniteIsFoundWhereverItLies(float wild) {
    for (int length = 1; length < 12; length++) {
      float[] numbers = new float[length];
      Arrays.fill(numbers, Float.MAX_VALUE);
      numbers[0] = -Float.MAX_VALUE;
      assertThat(FiniteNumbers.areAll(numbers)).isTrue();
      for (int at = 0; at < length; at++) {
        float[] changed = numbers.clone();
        changed[at] = wild;
        assertThat(FiniteNumbers.areAll(changed)).isFalse();
        assertThat(FiniteNumbers.areAll(changed, at + 1, length)).isTrue();
        assertThat(FiniteNumbers.areAll(changed, 0, at)).isTrue();
        assertThat(FiniteNumbers.areAll(changed, at, at + 1)).isFalse();
      }
    }
  }
}
