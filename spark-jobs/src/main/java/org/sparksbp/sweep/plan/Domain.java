package org.sparksbp.sweep.plan;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The values that a key takes in a sweep. */
sealed interface Domain {

  /** All values of a grid, in their order. */
  List<ConfigValue> grid();

  /** How many values of a grid there are at most, without making them; 0 where it is not said. */
  long gridSize();

  /**
   * The value at a share of the domain.
   *
   * @param share from 0, inclusive, to 1, exclusive
   */
  ConfigValue at(double share);

  /** Values that a check of the configuration must look at. */
  List<ConfigValue> examples();

  /** Values one by one. */
  record Listed(List<ConfigValue> values) implements Domain {
    public Listed {
      values = List.copyOf(values);
    }

    @Override
    public List<ConfigValue> grid() {
      return values;
    }

    @Override
    public long gridSize() {
      return values.size();
    }

    @Override
    public ConfigValue at(double share) {
      return values.get((int) (share * values.size()));
    }

    @Override
    public List<ConfigValue> examples() {
      return values;
    }
  }

  /** How numbers lie in a range. */
  enum Scale {
    /** Evenly. */
    LINEAR,
    /** Evenly in their logarithms. */
    LOG,
    /** Whole numbers, evenly. */
    INTEGER,
    /** Whole numbers, evenly in their logarithms. */
    LOG_INTEGER
  }

  /**
   * Numbers between two bounds, both included.
   *
   * @param steps values in a grid, at least 1; 0 if not said
   */
  record Range(double from, double to, Scale scale, int steps) implements Domain {

    private static final MathContext PRECISION = new MathContext(6);

    /** Where a complaint about a value says that it comes from. */
    private static final String ORIGIN = "a range of sweep.space";

    @Override
    public List<ConfigValue> grid() {
      if (scale == Scale.INTEGER && (steps == 0 || steps > to - from)) {
        return whole();
      }
      // Whole numbers that rounding makes the same stand once.
      Set<ConfigValue> values = new LinkedHashSet<>();
      for (int i = 0; i < steps; i++) {
        values.add(value(steps == 1 ? 0 : (double) i / (steps - 1)));
      }
      return List.copyOf(values);
    }

    @Override
    public long gridSize() {
      return scale == Scale.INTEGER && steps == 0 ? (long) (to - from + 1) : steps;
    }

    @Override
    public ConfigValue at(double share) {
      return switch (scale) {
        case INTEGER -> integer(from + Math.floor(share * (to - from + 1)));
        case LOG_INTEGER -> integer(Math.min(to, Math.floor(geometric(share, to + 1))));
        default -> value(share);
      };
    }

    @Override
    public List<ConfigValue> examples() {
      return List.of(value(0), value(1));
    }

    private List<ConfigValue> whole() {
      List<ConfigValue> values = new ArrayList<>();
      for (double value = from; value <= to; value++) {
        values.add(integer(value));
      }
      return values;
    }

    private ConfigValue value(double share) {
      return switch (scale) {
        case INTEGER -> integer(Math.rint(from + share * (to - from)));
        case LINEAR -> number(from + share * (to - from));
        case LOG -> number(geometric(share, to));
        case LOG_INTEGER -> integer(Math.rint(geometric(share, to)));
      };
    }

    private double geometric(double share, double end) {
      return StrictMath.exp(
          StrictMath.log(from) + share * (StrictMath.log(end) - StrictMath.log(from)));
    }

    private static ConfigValue integer(double value) {
      return ConfigValueFactory.fromAnyRef((long) value, ORIGIN);
    }

    /** Six digits, so that tables can be read and a value is the same however it was reached. */
    private static ConfigValue number(double value) {
      return ConfigValueFactory.fromAnyRef(
          new BigDecimal(value).round(PRECISION).doubleValue(), ORIGIN);
    }
  }
}
