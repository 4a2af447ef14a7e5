package org.sparksbp.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundBatchSizerTest {

  private final RoundBatchSizer sizer = new RoundBatchSizer();

  /** Rounds of a tenth of a second, as soon as the sizer has grown. */
  private int rounds(double launching) {
    for (int job = 0; job < 5; job++) {
      int number = sizer.next(100_000);
      sizer.took(number, 0.1 * number, launching);
    }
    return sizer.next(100_000);
  }

  @Test
  void aJobHasTwoSecondsOfRounds() {
    assertThat(sizer.next(100_000)).isEqualTo(1);
    assertThat(rounds(0.05)).isEqualTo(20);
  }

  @Test
  void itHasMoreWhereLaunchingTakesLongButNeverMoreThanTwenty() {
    assertThat(rounds(0.5)).isEqualTo(50);
    assertThat(rounds(60)).isEqualTo(200);
    assertThat(rounds(0.05)).isEqualTo(20);
  }

  @Test
  void itGrowsStepByStepAndDividesWhatIsLeftAlike() {
    sizer.took(1, 1e-3, 0.05);
    assertThat(sizer.next(100_000)).isEqualTo(8);
    assertThat(sizer.next(9)).isEqualTo(5);
    assertThat(sizer.next(3)).isEqualTo(3);
  }
}
