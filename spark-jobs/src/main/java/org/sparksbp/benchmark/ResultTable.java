package org.sparksbp.benchmark;

import java.util.Locale;
import org.sparksbp.benchmark.Result.Target;

/** Results as words, and as a page that documentation can take over whole. */
public final class ResultTable {

  private ResultTable() {}

  /**
   * The results as a page in Markdown.
   *
   * @param command that the numbers come from
   */
  static String markdown(BenchmarkReport report, String command) {
    StringBuilder text = new StringBuilder();
    Machine machine = report.machine();
    text.append("Made by `").append(command).append("`: ");
    text.append(machine.processor()).append(", cores: ").append(machine.cores());
    text.append(", Java ").append(machine.java()).append(", heap ");
    text.append(machine.heapMegabytes()).append(" MB, ");
    text.append(
        String.format(
            Locale.ROOT,
            "data: %s, %,d training samples, %.1f %% of the pixels are not 0.%n%n",
            report.data(),
            report.samples(),
            100 * report.activeShare()));
    text.append(
        "| what | version | median | least to greatest | unit | GMAC/s | of peak | target | reached"
            + " |\n");
    text.append("|---|---|---:|---:|---|---:|---:|---:|---|\n");
    report.results().forEach(result -> row(result, text));
    return text.toString();
  }

  private static void row(Result result, StringBuilder text) {
    String[] cells = {
      result.name(),
      result.variant(),
      shown(result.median()),
      shown(result.least()) + " to " + shown(result.greatest()),
      result.unit(),
      giga(result),
      peakShare(result),
      target(result),
      reached(result)
    };
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** Three digits or more, thousands grouped. */
  public static String shown(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  /** Thousand million multiply-accumulates a second; empty where nothing is multiplied. */
  private static String giga(Result result) {
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

  /** The bound of the ratio and what it is to, or nothing. */
  public static String target(Result result) {
    return result
        .judgement()
        .map(Result.Judgement::target)
        .map(
            target ->
                (target.sense() == Target.Sense.AT_LEAST ? "at least " : "at most ")
                    + ratio(target.bound())
                    + " of "
                    + target.to())
        .orElse("");
  }

  /** Yes or no with the ratio, or nothing. */
  public static String reached(Result result) {
    return result
        .judgement()
        .map(judgement -> (judgement.reached() ? "yes, " : "no, ") + ratio(judgement.ratio()))
        .orElse("");
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, value < 0.1 ? "%.1f %%" : "%.0f %%", 100 * value);
  }
}
