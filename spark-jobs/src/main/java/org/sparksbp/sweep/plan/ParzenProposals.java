package org.sparksbp.sweep.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.sparksbp.random.RandomStream;

/**
 * Proposes points from the results of earlier ones by tree-structured Parzen estimators (J.
 * Bergstra et al., Algorithms for hyper-parameter optimization, NIPS 2011): key by key, of some
 * values drawn where good points lie densely it takes the one that lies there most densely in
 * comparison with the others. Keys are independent of each other; one that does not apply
 * everywhere learns from the points where it did.
 */
final class ParzenProposals {

  /** Share of the points that count as good, and how many at most. */
  private static final double GOOD = 0.1;

  private static final int MOST_GOOD = 25;
  private static final int CANDIDATES = 64;

  /** Points with a value from which on a key is no longer drawn blindly. */
  private static final int ENOUGH = 2;

  private final List<Domain> domains;
  private final long seed;

  /**
   * A point whose result is known, or was proposed and is not: then its score is infinite, so that
   * others keep away from it.
   *
   * @param shares where each key's value lies in its domain, from 0 to below 1; NaN for a key that
   *     did not apply
   * @param score lower is better; infinite where it failed
   */
  record Observation(double[] shares, double score) {}

  /** Values of a key and how densely they lie. */
  private interface Density {

    double draw(RandomStream random);

    double at(double share);
  }

  /**
   * Proposals for some keys.
   *
   * @param seed decides all draws
   */
  ParzenProposals(List<Domain> domains, long seed) {
    this.domains = List.copyOf(domains);
    this.seed = seed;
  }

  /**
   * Where the next point lies.
   *
   * @param number of the point in the plan
   * @param seen all before it
   */
  double[] propose(int number, List<Observation> seen) {
    List<Observation> ranked = new ArrayList<>(seen);
    ranked.sort(Comparator.comparingDouble(Observation::score));
    int good = Math.min(MOST_GOOD, (int) Math.ceil(GOOD * ranked.size()));
    double[] shares = new double[domains.size()];
    for (int key = 0; key < shares.length; key++) {
      RandomStream random = RandomStream.of(seed, "sweep-proposal", number, key);
      double[] best = values(ranked.subList(0, good), key);
      double[] others = values(ranked.subList(good, ranked.size()), key);
      shares[key] =
          best.length + others.length < ENOUGH
              ? random.nextDouble()
              : draw(density(key, best), density(key, others), random);
    }
    return shares;
  }

  private static double[] values(List<Observation> points, int key) {
    return points.stream()
        .mapToDouble(point -> point.shares()[key])
        .filter(share -> !Double.isNaN(share))
        .sorted()
        .toArray();
  }

  private static double draw(Density good, Density others, RandomStream random) {
    double chosen = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      double candidate = good.draw(random);
      double gain = StrictMath.log(good.at(candidate)) - StrictMath.log(others.at(candidate));
      if (gain > highest) {
        highest = gain;
        chosen = candidate;
      }
    }
    return chosen;
  }

  private Density density(int key, double[] shares) {
    return domains.get(key) instanceof Domain.Listed listed
        ? new Counted(listed.values().size(), shares)
        : new Smooth(shares);
  }

  /** Values without an order: how often each was taken, and once before all. */
  private static final class Counted implements Density {
    private final double[] weights;
    private final double all;

    Counted(int values, double[] shares) {
      weights = new double[values];
      Arrays.fill(weights, 1.0);
      for (double share : shares) {
        weights[(int) (share * values)]++;
      }
      all = shares.length + (double) values;
    }

    @Override
    public double draw(RandomStream random) {
      double left = random.nextDouble() * all;
      int value = 0;
      while (value < weights.length - 1 && left >= weights[value]) {
        left -= weights[value++];
      }
      return (value + 0.5) / weights.length;
    }

    @Override
    public double at(double share) {
      return weights[(int) (share * weights.length)] / all;
    }
  }

  /** Numbers: a bell on each that was taken, as wide as its neighbours are far, and a wide one. */
  private static final class Smooth implements Density {
    private static final double NARROWEST = 0.01;

    private final NormalDistribution[] bells;
    private final double[] within;

    Smooth(double[] sorted) {
      bells = new NormalDistribution[sorted.length + 1];
      within = new double[bells.length];
      double narrowest = Math.max(NARROWEST, 1.0 / (1 + sorted.length) / 2);
      for (int i = 0; i < sorted.length; i++) {
        double below = i == 0 ? 0 : sorted[i - 1];
        double above = i == sorted.length - 1 ? 1 : sorted[i + 1];
        double width = Math.max(sorted[i] - below, above - sorted[i]);
        bells[i] = new NormalDistribution(null, sorted[i], Math.max(narrowest, width));
      }
      bells[sorted.length] = new NormalDistribution(null, 0.5, 1);
      for (int i = 0; i < bells.length; i++) {
        within[i] = bells[i].probability(0, 1);
      }
    }

    @Override
    public double draw(RandomStream random) {
      int bell = random.nextInt(bells.length);
      double from = bells[bell].cumulativeProbability(0);
      double at = from + random.nextDouble() * within[bell];
      return Math.min(
          Math.nextDown(1.0), Math.max(0, bells[bell].inverseCumulativeProbability(at)));
    }

    @Override
    public double at(double share) {
      double sum = 0;
      for (int i = 0; i < bells.length; i++) {
        sum += bells[i].density(share) / within[i];
      }
      return sum / bells.length;
    }
  }
}
