package org.sparksbp.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.sparksbp.random.RandomStream;

class AsynchronousHalvingTest {

  private static AsynchronousHalving halving(int points, int eta, int brackets) {
    return new AsynchronousHalving(
        new StoppingSettings(
            StoppingSettings.Method.ASYNCHRONOUS_HALVING, 0, 0, List.of(1, 3, 9), eta, 0, brackets),
        points,
        9);
  }

  /** Ninth epoch and later are none: trials have nine. */
  @Test
  void aPointGoesOnAsSoonAsItIsInTheBestThirdOfThoseSoFar() {
    AsynchronousHalving halving = halving(6, 3, 1);
    assertThat(halving.epochs(0)).isEqualTo(1);

    assertThat(halving.reached(0, .5)).isEmpty();
    assertThat(halving.reached(1, .4)).isEmpty();
    assertThat(halving.reached(2, .6)).containsExactly(1);
    assertThat(halving.epochs(1)).isEqualTo(3);
    assertThat(halving.reached(3, .3)).containsExactly(3);
    assertThat(halving.reached(4, .9)).isEmpty();
    // Two of six: 3 and 1 went on already.
    assertThat(halving.reached(5, .8)).isEmpty();

    // Nobody else comes to the second rung, and one of two at least goes on.
    assertThat(halving.reached(1, .2)).isEmpty();
    assertThat(halving.reached(3, .25)).containsExactly(1);
    assertThat(halving.epochs(1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(halving.stoppedAt(0)).as("not before the end").isZero();
    halving.finish();
    assertThat(IntStream.range(0, 6).map(halving::stoppedAt)).containsExactly(1, 0, 1, 3, 1, 1);
  }

  @Test
  void aPointThatComesEarlyWaitsToBeJudgedUntilThoseBeforeItAreThere() {
    AsynchronousHalving halving = halving(4, 2, 1);

    assertThat(halving.reached(2, .1)).isEmpty();
    assertThat(halving.reached(1, .2)).isEmpty();
    // 0 and 1: 1 goes on; then 2, which is best of three; then none of the two places is left.
    assertThat(halving.reached(0, .9)).containsExactly(1, 2);
    assertThat(halving.reached(3, .15)).containsExactly(3);
  }

  @Test
  void failedPointsNeverGoOn() {
    AsynchronousHalving halving = halving(3, 3, 1);

    for (int point = 0; point < 3; point++) {
      assertThat(halving.reached(point, Double.POSITIVE_INFINITY)).isEmpty();
    }
  }

  /** With eta 3 shares are 9/3, 3/2 and 1: of eleven points six, three and two. */
  @Test
  void bracketsLeaveOutRungsAndGetTheirShareOfThePoints() {
    AsynchronousHalving halving = halving(11, 3, 3);

    assertThat(IntStream.range(0, 11).filter(point -> halving.epochs(point) == 1).count())
        .isEqualTo(6);
    assertThat(IntStream.range(0, 11).filter(point -> halving.epochs(point) == 3).count())
        .isEqualTo(3);
    assertThat(
            IntStream.range(0, 11)
                .filter(point -> halving.epochs(point) == Integer.MAX_VALUE)
                .count())
        .isEqualTo(2);
  }

  /** Whenever results come in, the same points go on. */
  @Property(tries = 200)
  void decisionsDoNotDependOnWhenPointsArrive(
      @ForAll @IntRange(min = 1, max = 60) int points,
      @ForAll @IntRange(min = 2, max = 4) int eta,
      @ForAll @IntRange(min = 1, max = 3) int brackets,
      @ForAll long seed) {
    int[] expected = stopped(points, eta, brackets, seed, RandomStream.of(1, "in order"), false);
    for (int order = 0; order < 3; order++) {
      RandomStream random = RandomStream.of(seed, "order", order);
      assertThat(stopped(points, eta, brackets, seed, random, true)).isEqualTo(expected);
    }
    assertThat(Arrays.stream(expected).filter(rung -> rung == 0).count()).isPositive();
  }

  private static int[] stopped(
      int points, int eta, int brackets, long seed, RandomStream order, boolean shuffled) {
    AsynchronousHalving halving = halving(points, eta, brackets);
    List<Integer> running = new ArrayList<>(IntStream.range(0, points).boxed().toList());
    while (!running.isEmpty()) {
      int point = running.remove(shuffled ? order.nextInt(running.size()) : 0);
      double score = RandomStream.of(seed, "score", point, halving.height(point)).nextDouble();
      running.addAll(halving.reached(point, score));
    }
    halving.finish();
    return IntStream.range(0, points).map(halving::stoppedAt).toArray();
  }

  /**
   * Against a known optimum: the errors of 81 points fall to limits of their own, which come in no
   * order. All of them would take 729 epochs.
   */
  @Test
  void theBestPointIsTrainedToTheEndWithLittleWork() {
    int points = 81;
    AsynchronousHalving halving = halving(points, 3, 1);
    List<Integer> running = new ArrayList<>(IntStream.range(0, points).boxed().toList());
    int[] ranks = RandomStream.of(1, "ranks").permutation(points);
    int epochs = 0;
    int[] trained = new int[points];
    while (!running.isEmpty()) {
      int point = running.remove(0);
      int upTo = Math.min(9, halving.epochs(point));
      epochs += upTo - trained[point];
      trained[point] = upTo;
      double limit = 0.1 + ranks[point] / 100.0;
      running.addAll(halving.reached(point, limit + 0.3 / upTo));
    }
    for (int point = 0; point < points; point++) {
      assertThat(trained[point] == 9 || ranks[point] > 0).as("the best one").isTrue();
    }
    assertThat(epochs).isLessThan(300);
  }
}
