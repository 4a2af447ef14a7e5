package org.sparksbp.benchmark;

import java.util.Locale;

/** Results as words, for tables. */
public final class Numbers {

  private Numbers() {}

  /** Three digits or more, thousands grouped. */
  public static String shown(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  /** Thousand million multiply-accumulates a second; empty where nothing is multiplied. */
  public static String giga(Result result) {
    return result.multiplyAccumulates().isPresent()
        ? shown(result.multiplyAccumulates().getAsDouble() / 1e9)
        : "";
  }

  /** Share of the machine's peak in per cent; empty where nothing is multiplied. */
  public static String peakShare(Result result) {
    return result.peakShare().isPresent()
        ? String.format(Locale.ROOT, "%.0f %%", 100 * result.peakShare().getAsDouble())
        : "";
  }

  /** The bound, or nothing. */
  public static String target(Result result) {
    return result
        .target()
        .map(
            target ->
                (target.sense() == Target.Sense.AT_LEAST ? "" : "at most ") + shown(target.value()))
        .orElse("");
  }

  /** Yes, no or nothing. */
  public static String reached(Result result) {
    return result.reached().map(reached -> reached ? "yes" : "no").orElse("");
  }
}
