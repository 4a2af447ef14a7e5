package org.sparksbp.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.JDKRandomGenerator;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.MathArrays;
import smile.regression.RandomForest;

/**
 * How much of the differences between points each key accounts for, by permutation: a random forest
 * (Breiman, Machine Learning 45, 2001) tells the points that it has not seen by their keys, and
 * again with the values of one key exchanged among them. What it tells worse then is due to that
 * key. Where the forest is exact and keys are independent, half of the added squared error is the
 * key's total effect (Sobol, 2001): its share of the variance, by itself and together with others.
 * Shares of keys that act together therefore add up to more than one.
 *
 * @param explained share of the variance of unseen points that the forest tells: at 0 or below it
 *     does no better than the mean, and the shares mean nothing
 * @param shares of the keys, each over the divisions of the points into seen and unseen ones; by
 *     chance a little below 0 for a key that does nothing
 */
public record KeyImportance(double explained, List<SeedSummary> shares) {

  /** Points below which nothing is told. */
  public static final int LEAST_POINTS = 20;

  /** More points than this take long and tell no more. */
  public static final int MOST_POINTS = 500;

  private static final int SEED = 20211020;
  private static final int DIVISIONS = 5;
  private static final int FOLDS = 5;
  private static final int EXCHANGES = 5;
  private static final int TREES = 100;
  private static final int LEAST_IN_LEAF = 2;

  static {
    // Trees that grow beside each other would draw other numbers in each run.
    System.setProperty("smile.threads", "1");
  }

  public KeyImportance {
    shares = List.copyOf(shares);
  }

  /**
   * Importance of the keys of some points. Equal arguments give equal results.
   *
   * @param keys of each key the numbers that stand for its value, {@code [points, numbers]}
   * @param values {@code [points]}, from {@value #LEAST_POINTS} to {@value #MOST_POINTS}, not all
   *     the same
   */
  public static KeyImportance of(List<double[][]> keys, double[] values) {
    if (values.length < LEAST_POINTS || values.length > MOST_POINTS) {
      throw new IllegalArgumentException(values.length + " points");
    }
    double spread = values.length * StatUtils.populationVariance(values);
    double[] unexplained = new double[DIVISIONS];
    double[][] shares = new double[keys.size()][DIVISIONS];
    for (int division = 0; division < DIVISIONS; division++) {
      RandomGenerator random = new JDKRandomGenerator(SEED + division);
      // The forest's own numbers, of this thread.
      smile.math.Math.setSeed(SEED + division);
      double[] errors = squaredErrors(keys, values, random);
      unexplained[division] = errors[keys.size()] / spread;
      for (int key = 0; key < keys.size(); key++) {
        shares[key][division] = (errors[key] - errors[keys.size()]) / (2 * spread);
      }
    }
    return new KeyImportance(
        1 - StatUtils.mean(unexplained), Arrays.stream(shares).map(SeedSummary::of).toList());
  }

  /** Over all points, each unseen once: with each key exchanged, and with none. */
  private static double[] squaredErrors(
      List<double[][]> keys, double[] values, RandomGenerator random) {
    int[] order = shuffled(values.length, random);
    double[] errors = new double[keys.size() + 1];
    for (int fold = 0; fold < FOLDS; fold++) {
      int from = fold * order.length / FOLDS;
      int to = (fold + 1) * order.length / FOLDS;
      int[] unseen = Arrays.copyOfRange(order, from, to);
      int[] seen =
          IntStream.range(0, order.length)
              .filter(place -> place < from || place >= to)
              .map(place -> order[place])
              .toArray();
      RandomForest forest = grow(keys, values, seen);
      errors[keys.size()] += squaredError(forest, keys, values, unseen, -1, unseen);
      for (int key = 0; key < keys.size(); key++) {
        for (int exchange = 0; exchange < EXCHANGES; exchange++) {
          int[] others = shuffled(unseen.length, random);
          int[] exchanged = Arrays.stream(others).map(place -> unseen[place]).toArray();
          errors[key] += squaredError(forest, keys, values, unseen, key, exchanged) / EXCHANGES;
        }
      }
    }
    return errors;
  }

  private static RandomForest grow(List<double[][]> keys, double[] values, int[] seen) {
    double[][] rows =
        Arrays.stream(seen).mapToObj(point -> row(keys, point, -1, point)).toArray(double[][]::new);
    double[] known = Arrays.stream(seen).mapToDouble(point -> values[point]).toArray();
    int triedAtASplit = (rows[0].length + 1) / 2;
    return new RandomForest(rows, known, TREES, seen.length, LEAST_IN_LEAF, triedAtASplit);
  }

  private static double squaredError(
      RandomForest forest,
      List<double[][]> keys,
      double[] values,
      int[] points,
      int key,
      int[] of) {
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      double told = forest.predict(row(keys, points[i], key, of[i]));
      sum += (told - values[points[i]]) * (told - values[points[i]]);
    }
    return sum;
  }

  /** The numbers of all keys of a point, but those of one key of another point. */
  private static double[] row(List<double[][]> keys, int point, int key, int other) {
    return IntStream.range(0, keys.size())
        .mapToObj(k -> keys.get(k)[k == key ? other : point])
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static int[] shuffled(int size, RandomGenerator random) {
    int[] order = MathArrays.natural(size);
    MathArrays.shuffle(order, random);
    return order;
  }
}
