package org.sparksbp.aedat;

import java.util.List;

/**
 * How the events of NumPy arrays and HDF5 data sets are laid out, as far as they do not say it.
 *
 * @param columns the order of the columns of an array without names, {@code x y p t} in some order
 * @param unit of their times, or null: that in which such files have them
 */
public record NpyLayout(String columns, TimeUnit unit) {

  /** The orders in which libraries have the columns, the first one Tonic's. */
  public static final List<String> ORDERS = List.of("xypt", "xytp", "txyp", "tyxp", "yxpt");

  /** As the library Tonic has the gestures. */
  public static final NpyLayout TONIC = new NpyLayout("xypt", TimeUnit.MS);

  /** What times are counted in. */
  public enum TimeUnit {
    US(1),
    MS(1_000),
    S(1_000_000);

    private final double microseconds;

    TimeUnit(double microseconds) {
      this.microseconds = microseconds;
    }

    double microseconds() {
      return microseconds;
    }
  }

  public NpyLayout {
    if (!ORDERS.contains(columns)) {
      throw new IllegalArgumentException(
          "Invalid order of columns: " + columns + ", must be one of " + ORDERS);
    }
  }

  /** The unit that was said, or else the other. */
  TimeUnit unitOr(TimeUnit usual) {
    return unit == null ? usual : unit;
  }
}
