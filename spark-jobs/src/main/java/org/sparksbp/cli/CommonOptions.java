package org.sparksbp.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command. */
final class CommonOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log what is being done, and show where in the program an error arose.")
  boolean verbose;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark master to run on, for example local[2] or spark://host:7077 (default: local[*], or"
              + " what spark-submit was given).")
  String master;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** Shows progress on the standard error stream: a bar on a terminal, lines elsewhere. */
  Progress progress(String unit) {
    return Boolean.getBoolean("sbp.terminal")
        ? new ProgressOnTerminal(unit)
        : new ProgressInLines(err(), unit);
  }
}
