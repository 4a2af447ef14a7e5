package org.sparksbp.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command. */
final class CommonOptions {

  /** Set by the start script, as the JVM tells of both streams together at most. */
  static final String OUTPUT_ON_TERMINAL = "sbp.stdout.terminal";

  private static final String ERRORS_ON_TERMINAL = "sbp.stderr.terminal";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log what is being done, and show where in the program an error arose.")
  boolean verbose;

  @Mixin SparkOptions spark = new SparkOptions();

  @Option(
      names = "--gpus",
      paramLabel = "N",
      description =
          "Compute on N graphics cards of each executor, with --master local[*] on the first N of"
              + " this machine (default: none). Preparing data takes none.")
  Integer gpus;

  @Mixin NotifyOptions notify = new NotifyOptions();

  @Option(
      names = "--json",
      description =
          "End the standard output with a line of JSON on a terminal too, as it does elsewhere.")
  boolean json;

  /** Only for the help: it is applied before arguments are parsed, see {@link RunId}. */
  @Option(
      names = RunId.OPTION,
      paramLabel = "ID",
      description =
          "Name of this run of a schedule, put wherever another argument says {run-id}; what a"
              + " file's name cannot have becomes '-', with a hash behind it.")
  String runId;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** Those of a command. */
  static Optional<CommonOptions> of(CommandLine command) {
    return command.getCommandSpec().mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(CommonOptions.class::isInstance)
        .map(CommonOptions.class::cast)
        .findFirst();
  }

  /**
   * Graphics cards of each executor, if they are asked for.
   *
   * @throws ParameterException if it is no number of them
   */
  Optional<Integer> gpus() {
    if (gpus != null && gpus < 1) {
      throw new ParameterException(
          command.commandLine(), "Invalid --gpus " + gpus + ": it is less than 1");
    }
    return Optional.ofNullable(gpus);
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** Says a line on the standard error stream, at once. */
  void tell(String line) {
    err().println(line);
    err().flush();
  }

  /** Whether a program may be reading: a person at a terminal has the tables and paths. */
  boolean endsWithJson() {
    return json || !Boolean.getBoolean(OUTPUT_ON_TERMINAL);
  }

  /** Shows progress on the standard error stream: a bar on a terminal, lines elsewhere. */
  Progress progress(String unit) {
    return Boolean.getBoolean(ERRORS_ON_TERMINAL)
        ? new ProgressOnTerminal(unit)
        : new ProgressInLines(err(), unit);
  }
}
