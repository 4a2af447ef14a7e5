package org.sparksbp.benchmark;

import java.util.Locale;

/** The results as a page that documentation can take over whole. */
final class MarkdownTable {

  private final BenchmarkReport report;
  private final String command;

  MarkdownTable(BenchmarkReport report, String command) {
    this.report = report;
    this.command = command;
  }

  String text() {
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
      Numbers.shown(result.median()),
      Numbers.shown(result.least()) + " to " + Numbers.shown(result.greatest()),
      result.unit(),
      Numbers.giga(result),
      Numbers.peakShare(result),
      Numbers.target(result),
      Numbers.reached(result)
    };
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
