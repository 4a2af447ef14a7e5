package org.sparksbp.report;

import java.util.Locale;
import java.util.OptionalDouble;
import org.sparksbp.statistics.SeedSummary;

/** Numbers as the page shows them. */
final class NumberFormatting {

  static final String UNKNOWN = "\u2013";

  private NumberFormatting() {}

  /** Without trailing zeros, as written in a configuration. */
  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** A fraction of 1 as a percentage. */
  static String percent(double fraction) {
    return Double.isFinite(fraction)
        ? String.format(Locale.ROOT, "%.2f %%", 100 * fraction)
        : UNKNOWN;
  }

  /** A cost or a count. */
  static String scientific(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3e", value) : UNKNOWN;
  }

  static String fixed(double value, int decimals) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%." + decimals + "f", value)
        : UNKNOWN;
  }

  /** A p-value; small ones by their bound. */
  static String pValue(OptionalDouble value) {
    if (value.isEmpty()) {
      return UNKNOWN;
    }
    return value.getAsDouble() < 0.0001 ? "< 0.0001" : fixed(value.getAsDouble(), 4);
  }

  /** Mean and standard deviation in per cent. */
  static String percent(SeedSummary summary) {
    return spread(summary, 100, "%.2f") + (summary.count() == 0 ? "" : " %");
  }

  /** Mean and standard deviation of costs. */
  static String scientific(SeedSummary summary) {
    return spread(summary, 1, "%.3e");
  }

  /** Mean and standard deviation with a fixed number of decimals. */
  static String fixed(SeedSummary summary, int decimals) {
    return spread(summary, 1, "%." + decimals + "f");
  }

  private static String spread(SeedSummary summary, double unit, String format) {
    if (summary.mean().isEmpty()) {
      return UNKNOWN;
    }
    String mean = String.format(Locale.ROOT, format, unit * summary.mean().getAsDouble());
    return summary.standardDeviation().isEmpty()
        ? mean
        : mean
            + " \u00b1 "
            + String.format(Locale.ROOT, format, unit * summary.standardDeviation().getAsDouble());
  }

  /** Three digits that count. */
  static String threeDigits(double value) {
    if (!Double.isFinite(value)) {
      return UNKNOWN;
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 0.001 || size >= 1e5)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int whole = size < 1 ? 0 : (int) Math.log10(size);
    int zeros = size == 0 || size >= 1 ? 0 : (int) -Math.floor(Math.log10(size)) - 1;
    return String.format(
        Locale.ROOT, "%." + Math.max(0, (size < 1 ? 3 : 2) + zeros - whole) + "f", value);
  }
}
