package org.sparksbp.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest {

  private static SuccessiveHalving halving(int points, int eta, int bracket) {
    return new SuccessiveHalving(
        new StoppingSettings(
            StoppingSettings.Method.SUCCESSIVE_HALVING, 0, 0, List.of(1, 3, 9), eta, bracket, 1),
        points);
  }

  private static List<Integer> running(SuccessiveHalving halving, int points) {
    return IntStream.range(0, points).filter(halving::goesOn).boxed().toList();
  }

  @Test
  void aThirdGoesOnFromEveryRung() {
    SuccessiveHalving halving = halving(9, 3, 0);

    halving.judge(1, new double[] {.9, .2, .8, .1, .7, .3, .6, .5, .4});
    assertThat(running(halving, 9)).containsExactly(1, 3, 5);

    halving.judge(3, new double[] {0, .19, 0, .18, 0, .05, 0, 0, 0});
    assertThat(running(halving, 9)).containsExactly(5);
    assertThat(halving.stoppedAt(0)).isEqualTo(1);
    assertThat(halving.stoppedAt(3)).isEqualTo(3);
    assertThat(halving.stoppedAt(5)).isZero();
  }

  @Test
  void firstOfEqualsGoesOnAndAFailedPointDoesNot() {
    SuccessiveHalving halving = halving(4, 2, 0);

    halving.judge(1, new double[] {Double.POSITIVE_INFINITY, .5, .5, .5});

    assertThat(running(halving, 4)).containsExactly(1, 2);
  }

  @Test
  void bracketsAreJudgedByThemselvesAndKeepAtLeastOnePoint() {
    SuccessiveHalving halving = halving(7, 3, 3);

    halving.judge(1, new double[] {.3, .2, .1, .9, .8, .7, .99});

    assertThat(running(halving, 7)).containsExactly(2, 5, 6);
  }

  @Test
  void rungsFromTheLastEpochOnAreNone() {
    assertThat(halving(3, 3, 0).rungs(9)).containsExactly(1, 3);
  }

  /** A point that is best for one arm alone is not before one that is good for both. */
  @Test
  void scoreIsTheMeanOverArmsAndSeeds() {
    double oneSided = SuccessiveHalving.score(new double[][] {{.1, .1}, {.9, .7}});
    double good = SuccessiveHalving.score(new double[][] {{.2, .4}, {.3, .3}});
    assertThat(oneSided).isCloseTo(.45, within(1e-12));
    assertThat(good).isCloseTo(.3, within(1e-12));
  }
}
