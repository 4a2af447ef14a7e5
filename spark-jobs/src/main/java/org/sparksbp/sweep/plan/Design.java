package org.sparksbp.sweep.plan;

import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.sparksbp.random.RandomStream;
import org.sparksbp.sweep.plan.Space.Key;
import org.sparksbp.sweep.plan.Space.Point;

/** How points are taken from a space; none is held longer than it is needed. */
enum Design {
  /** All combinations. */
  GRID {
    @Override
    Iterator<Point> points(Space space, Sampling sampling, Map<String, String> base) {
      return new GridPoints(space, base);
    }
  },
  /** Independent draws. */
  RANDOM {
    @Override
    Iterator<Point> points(Space space, Sampling sampling, Map<String, String> base) {
      return drawn(space, sampling, base, number -> randomShares(space, sampling.seed(), number));
    }
  },
  /**
   * The Sobol sequence with Joe and Kuo's direction numbers, without its first point, the origin.
   */
  SOBOL {
    @Override
    Iterator<Point> points(Space space, Sampling sampling, Map<String, String> base) {
      int dimensions = space.keys().size();
      if (dimensions == 0) {
        return drawn(space, sampling, base, number -> new double[0]);
      }
      if (dimensions > MOST_SOBOL_KEYS) {
        throw Space.invalid(
            "", dimensions + " keys, a Sobol design takes at most " + MOST_SOBOL_KEYS);
      }
      SobolSequenceGenerator sequence = new SobolSequenceGenerator(dimensions);
      sequence.nextVector();
      return drawn(space, sampling, base, number -> sequence.nextVector());
    }
  },
  /**
   * Random ones to begin with, the others where earlier results were good, see {@link
   * ProposedPoints}.
   */
  TPE {
    @Override
    Iterator<Point> points(Space space, Sampling sampling, Map<String, String> base) {
      throw new IllegalStateException("the points of a search follow from results");
    }
  };

  private static final int MOST_SOBOL_KEYS = 1000;

  /**
   * What a design that is no grid needs.
   *
   * @param points how many
   * @param startup how many of these a search draws before it looks at results
   * @param batch how many it proposes at a time
   * @param seed decides random ones
   */
  record Sampling(int points, int startup, int batch, long seed) {}

  /** Where a point lies in the unit cube. */
  private interface Shares {
    double[] of(int number);
  }

  /**
   * The points in their order; of a search none, {@link ProposedPoints} has them.
   *
   * @param base values, as they are written, of keys that are the same for all arms; conditions on
   *     others are left to the arms
   */
  abstract Iterator<Point> points(Space space, Sampling sampling, Map<String, String> base);

  private static Iterator<Point> drawn(
      Space space, Sampling sampling, Map<String, String> base, Shares shares) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < sampling.points();
      }

      @Override
      public Point next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return point(space, next, shares.of(next++), base);
      }
    };
  }

  /** Where a random point lies in the unit cube. */
  static double[] randomShares(Space space, long seed, int number) {
    RandomStream random = RandomStream.of(seed, "sweep-point", number);
    double[] shares = new double[space.keys().size()];
    for (int key = 0; key < shares.length; key++) {
      shares[key] = random.nextDouble();
    }
    return shares;
  }

  /** The point at a place of the unit cube. */
  static Point point(Space space, int number, double[] shares, Map<String, String> base) {
    SortedMap<String, ConfigValue> values = new TreeMap<>();
    Map<String, String> known = new HashMap<>(base);
    for (int k = 0; k < shares.length; k++) {
      Key key = space.keys().get(k);
      if (key.applies(known)) {
        ConfigValue value = key.domain().at(shares[k]);
        values.put(key.key(), value);
        known.put(key.key(), Space.written(value));
      }
    }
    return new Point(number, values);
  }

  /** An odometer over the keys whose last one turns fastest; a key without its condition stands. */
  private static final class GridPoints implements Iterator<Point> {
    private final List<Key> keys;
    private final List<List<ConfigValue>> values;
    private final Map<String, String> base;
    private final int[] digits;
    private final boolean[] varied;
    private int number;
    private boolean ended;

    GridPoints(Space space, Map<String, String> base) {
      this.keys = space.keys();
      this.values = keys.stream().map(key -> gridOf(key)).toList();
      this.base = base;
      this.digits = new int[keys.size()];
      this.varied = new boolean[keys.size()];
    }

    private static List<ConfigValue> gridOf(Key key) {
      List<ConfigValue> grid = key.domain().grid();
      if (grid.isEmpty()) {
        throw Space.invalid(key.key(), "a range in a grid needs steps, the number of its values");
      }
      return Collections.unmodifiableList(grid);
    }

    @Override
    public boolean hasNext() {
      return !ended;
    }

    @Override
    public Point next() {
      if (ended) {
        throw new NoSuchElementException();
      }
      Point point = current();
      advance();
      return point;
    }

    private Point current() {
      SortedMap<String, ConfigValue> taken = new TreeMap<>();
      Map<String, String> known = new HashMap<>(base);
      for (int k = 0; k < digits.length; k++) {
        Key key = keys.get(k);
        varied[k] = key.applies(known);
        if (varied[k]) {
          ConfigValue value = values.get(k).get(digits[k]);
          taken.put(key.key(), value);
          known.put(key.key(), Space.written(value));
        }
      }
      return new Point(number++, taken);
    }

    private void advance() {
      for (int k = digits.length - 1; k >= 0; k--) {
        if (varied[k] && digits[k] + 1 < values.get(k).size()) {
          digits[k]++;
          return;
        }
        digits[k] = 0;
      }
      ended = true;
    }
  }
}
