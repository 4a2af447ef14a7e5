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
    assertThat(Target.atLeast(5, "it").reachedBy(5)).isTrue();
    assertThat(Target.atLeast(5, "it").reachedBy(4.9)).isFalse();
    assertThat(Target.atMost(5, "it").reachedBy(4.9)).isTrue();
    assertThat(Target.atMost(5, "it").reachedBy(5.1)).isFalse();
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
            .withTarget(Target.ofPeak(0.6));

    assertThat(result.multiplyAccumulates()).hasValue(2e7);
    assertThat(result.peakShare()).hasValue(0.5);
    assertThat(result.least()).isEqualTo(10);
    assertThat(result.greatest()).isEqualTo(30);
    assertThat(result.reached()).contains(false);
    assertThat(result.withTarget(Target.ofPeak(0.5)).reached()).contains(true);
    assertThat(ResultTable.target(result)).isEqualTo("at least 60 % of the peak");
    assertThat(ResultTable.reached(result)).isEqualTo("no, 50 %");
  }

  @Test
  void aTargetIsOfARatioAndNotOfTheNumberItself() {
    Result slow = rate(50).judged(50.0 / 40, Target.atLeast(1.2, "reading"));
    Result fast = rate(500).judged(500.0 / 500, Target.atLeast(1.2, "reading"));

    assertThat(slow.reached()).contains(true);
    assertThat(fast.reached()).contains(false);
    assertThat(ResultTable.reached(slow)).isEqualTo("yes, 125 %");
    assertThat(ResultTable.target(rate(1).judged(0.031, Target.atMost(0.08, "the epoch"))))
        .isEqualTo("at most 8.0 % of the epoch");
    assertThat(rate(50).reached()).isEmpty();
    assertThatThrownBy(() -> rate(50).withTarget(Target.ofPeak(1)))
        .isInstanceOf(java.util.NoSuchElementException.class);
  }

  private static Result rate(double median) {
    return Result.of(BenchmarkPart.DATA, "load", "", "samples/s", Rates.ofClock(List.of(median)));
  }
}
