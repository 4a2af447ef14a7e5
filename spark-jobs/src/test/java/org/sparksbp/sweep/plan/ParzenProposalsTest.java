package org.sparksbp.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparksbp.random.RandomStream;
import org.sparksbp.sweep.plan.ParzenProposals.Observation;

class ParzenProposalsTest {

  private static final int POINTS = 80;
  private static final int STARTUP = 10;

  private static final List<Domain> DOMAINS =
      List.of(
          new Domain.Range(0, 1, Domain.Scale.LINEAR, 0),
          new Domain.Range(0.001, 1000, Domain.Scale.LOG, 0),
          new Domain.Listed(texts("a", "b", "c", "d", "e")));

  private static List<ConfigValue> texts(String... texts) {
    return Stream.of(texts).<ConfigValue>map(ConfigValueFactory::fromAnyRef).toList();
  }

  /** Lowest, 0, at 0.3, 10^-1.5 and "d". */
  private static double bowl(double[] shares) {
    double first = shares[0] - 0.3;
    double second = shares[1] - 0.25;
    double third = DOMAINS.get(2).at(shares[2]).unwrapped().equals("d") ? 0 : 0.2;
    return first * first + second * second + third;
  }

  /** The lowest of so many points of a search. */
  private static double[] search(long seed, ToDoubleFunction<double[]> error) {
    ParzenProposals proposals = new ParzenProposals(DOMAINS, seed);
    List<Observation> seen = new ArrayList<>();
    for (int number = 0; number < POINTS; number++) {
      double[] shares =
          number < STARTUP ? random(seed, number) : proposals.propose(number, List.copyOf(seen));
      seen.add(new Observation(shares, error.applyAsDouble(shares)));
    }
    return best(seen);
  }

  private static double[] random(long seed, int number) {
    RandomStream random = RandomStream.of(seed, "sweep-point", number);
    return new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()};
  }

  private static double[] best(List<Observation> seen) {
    return seen.stream()
        .min((one, other) -> Double.compare(one.score(), other.score()))
        .orElseThrow()
        .shares();
  }

  @Test
  void findsAKnownOptimumAndMoreCloselyThanRandomPointsDo() {
    int close = 0;
    int better = 0;
    for (long seed = 0; seed < 30; seed++) {
      double found = bowl(search(seed, ParzenProposalsTest::bowl));
      long same = seed;
      double random =
          IntStream.range(0, POINTS)
              .mapToDouble(number -> bowl(random(same, number)))
              .min()
              .orElseThrow();
      close += found < 0.003 ? 1 : 0;
      better += found < random ? 1 : 0;
    }
    // Keys are looked at one by one, so a search may stay with a value that was lucky.
    assertThat(close).isGreaterThanOrEqualTo(27);
    // By chance alone 15 of 30 would be better, 26 or more in 3 of 100,000 cases.
    assertThat(better).isGreaterThanOrEqualTo(26);
  }

  @Test
  void proposesTheSameForTheSameResultsAndAnotherPointForAnotherSeed() {
    List<Observation> seen =
        IntStream.range(0, 20)
            .mapToObj(number -> random(1, number))
            .map(shares -> new Observation(shares, bowl(shares)))
            .toList();
    double[] once = new ParzenProposals(DOMAINS, 1).propose(20, seen);
    assertThat(new ParzenProposals(DOMAINS, 1).propose(20, seen)).isEqualTo(once);
    assertThat(new ParzenProposals(DOMAINS, 2).propose(20, seen)).isNotEqualTo(once);
    assertThat(DoubleStream.of(once)).allMatch(share -> share >= 0 && share < 1);
  }

  @Test
  void aKeyLearnsFromThePointsAloneWhereItApplied() {
    // The second key is good at its upper end; where it did not apply, points are better still.
    List<Observation> seen = new ArrayList<>();
    for (int number = 0; number < 60; number++) {
      double[] shares = random(3, number);
      boolean applies = number % 3 != 0;
      double score = applies ? 1 - shares[1] : 0.5;
      shares[1] = applies ? shares[1] : Double.NaN;
      seen.add(new Observation(shares, score));
    }
    double mean =
        IntStream.range(60, 160)
            .mapToDouble(number -> new ParzenProposals(DOMAINS, 3).propose(number, seen)[1])
            .average()
            .orElseThrow();
    assertThat(mean).isGreaterThan(0.75);
  }

  @Test
  void keepsAwayFromPointsWhoseResultIsNotKnown() {
    List<Observation> seen = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      double[] shares = random(5, number);
      seen.add(new Observation(shares, bowl(shares)));
    }
    ParzenProposals proposals = new ParzenProposals(DOMAINS, 5);
    double[] first = proposals.propose(20, seen);
    for (int same = 0; same < 40; same++) {
      seen.add(new Observation(first, Double.POSITIVE_INFINITY));
    }
    double[] next = proposals.propose(20, seen);
    assertThat(Math.abs(next[0] - first[0]) + Math.abs(next[1] - first[1])).isGreaterThan(0.1);
  }
}
