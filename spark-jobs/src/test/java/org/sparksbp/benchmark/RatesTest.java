package org.sparksbp.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparksbp.benchmark.Rates.Repetition;
import org.sparksbp.benchmark.Result.Target;

class RatesTest {

  @Test
  void rateIsOfProcessorSecondsAndTheMedianIsBetweenTheExtremes() {
    Rates rates =
        Rates.of(
            List.of(
                new Repetition(100, 2, 4), new Repetition(100, 1, 4), new Repetition(400, 1, 2)));

    assertThat(rates.values()).containsExactly(50.0, 100.0, 400.0);
    assertThat(rates.median()).isEqualTo(100);
    assertThat(rates.clockShare()).isEqualTo(0.5);
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Rates.ofClock(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
  }

  @Test
  void noRepetitionIsNoMeasurement() {
    assertThatThrownBy(() -> Rates.ofClock(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void targetsCanBeBoundsFromBelowAndFromAbove() {
    assertThat(Target.atLeast(5).reachedBy(5)).isTrue();
    assertThat(Target.atLeast(5).reachedBy(4.9)).isFalse();
    assertThat(Target.atMost(5).reachedBy(4.9)).isTrue();
    assertThat(Target.atMost(5).reachedBy(5.1)).isFalse();
  }

  @Test
  void arithmeticIsHeldAgainstThePeak() {
    Result result =
        Result.of(
                BenchmarkPart.SNN,
                "a step",
                "plain",
                "samples/s",
                Rates.ofClock(List.of(10.0, 30.0, 20.0)))
            .withArithmetic(1e6, 4e7)
            .withTarget(Target.atLeast(25));

    assertThat(result.multiplyAccumulates()).hasValue(2e7);
    assertThat(result.peakShare()).hasValue(0.5);
    assertThat(result.least()).isEqualTo(10);
    assertThat(result.greatest()).isEqualTo(30);
    assertThat(result.reached()).contains(false);
  }
}
