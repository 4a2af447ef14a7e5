package org.sparksbp.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkUserAppException;
import org.sparksbp.cluster.ClusterStart;
import org.sparksbp.cluster.YarnDriver;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.modelfolder.SoftwareVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program {@code sbp}. */
@Command(
    name = "sbp",
    description = {
      "Trains spiking and artificial neural networks with self-backpropagation on Apache Spark.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Sbp.Version.class,
    subcommands = {
      DemoCommand.class,
      FetchCommand.class,
      GenerateCommand.class,
      PrepareCommand.class,
      InspectCommand.class,
      TrainCommand.class,
      SweepCommand.class,
      BestCommand.class,
      ReportCommand.class,
      EvaluateCommand.class,
      ExportCommand.class,
      BenchmarkCommand.class
    },
    footer = {
      "",
      "Begin with 'sbp demo'; 'sbp COMMAND --help' shows a command's options and examples.",
      "Exit codes: 0 done, 2 bad command line or configuration, 3 bad data, 4 training failed,",
      "5 another process writes to the output, 130 or 143 stopped by a signal (training can be",
      "resumed), 1 anything else."
    })
public final class Sbp implements Runnable {

  @Mixin CommonOptions common;

  @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
  boolean version;

  @Spec CommandSpec spec;

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @throws SparkUserAppException where the process is YARN's application master, which reports the
   *     exit code then
   */
  public static void main(String[] arguments) throws SparkUserAppException {
    // On YARN the application master ends the process.
    if (!YarnDriver.isHere()) {
      ProcessEnd.ownsProcess();
    }
    int code = exitCode(arguments);
    ProcessEnd.isProgrammed();
    ClusterStart.endDriver(code);
  }

  private static int exitCode(String... arguments) {
    // Numbers in figures are written by the default locale, and pages must not depend on it.
    Locale.setDefault(Locale.ROOT);
    Optional<String> lost = FileNames.undecodable(arguments, System.getProperty("user.dir"));
    if (lost.isPresent()) {
      System.err.println("sbp: " + lost.get());
      return ExitCode.INVALID_COMMAND.number();
    }
    String cache = System.getenv("SBP_CACHE");
    if (cache != null && !cache.isEmpty()) {
      try {
        NativeLibraries.unpack(Path.of(cache));
      } catch (IOException e) {
        System.err.println("sbp: Cannot unpack native libraries to SBP_CACHE=" + cache + ": " + e);
        return ExitCode.INVALID_COMMAND.number();
      }
    }
    return written(System.out, System.err, execute(commandLine(), arguments));
  }

  /** The exit code, which is no success where the output is lost. */
  static int written(PrintStream out, PrintStream err, int code) {
    if (out.checkError() && code == ExitCode.DONE.number()) {
      err.println(
          "sbp: Cannot write the output: the standard output is closed or its disk is full");
      return ExitCode.OTHER_FAILURE.number();
    }
    return code;
  }

  /**
   * Runs a command and tells of its end, where that is asked for; whatever it throws becomes an
   * exit code and a message.
   */
  static int execute(CommandLine commandLine, String... arguments) {
    try (EndOfJob end = new EndOfJob(commandLine)) {
      commandLine.setExecutionStrategy(
          parsed -> {
            end.watch();
            return new CommandLine.RunLast().execute(parsed);
          });
      int code = run(commandLine, arguments);
      end.came(code);
      return code;
    }
  }

  private static int run(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(RunId.applied(arguments));
    } catch (InvalidConfigurationException e) {
      commandLine.getErr().println("sbp: " + e.getMessage());
      commandLine.getErr().flush();
      return ExitCode.INVALID_COMMAND.number();
    } catch (Error e) {
      // Only exceptions come to the handler of the command line; running out of memory is an error.
      Failure failure = Failure.of(e);
      commandLine.getSubcommands().values().forEach(command -> note(command, failure.message()));
      commandLine.getErr().println("sbp: " + failure.message());
      if (List.of(arguments).contains("--verbose") || List.of(arguments).contains("-v")) {
        e.printStackTrace(commandLine.getErr());
      }
      commandLine.getErr().flush();
      return failure.exitCode().number();
    }
  }

  /** The whole command line with its handling of errors. */
  static CommandLine commandLine() {
    return new CommandLine(new Sbp())
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(30)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setResourceBundle(new TaskTexts())
        .setParameterExceptionHandler(Sbp::explainParameters)
        .setExecutionExceptionHandler(Sbp::explainFailure);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  private static int explainParameters(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    note(command, e.getMessage());
    err.println(command.getCommandSpec().qualifiedName() + ": " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return ExitCode.INVALID_COMMAND.number();
  }

  private static int explainFailure(Exception e, CommandLine command, ParseResult parsed) {
    Failure failure = Failure.of(e);
    PrintWriter err = command.getErr();
    note(command, failure.message());
    err.println(command.getCommandSpec().qualifiedName() + ": " + failure.message());
    if (command.getParseResult().hasMatchedOption("--verbose")) {
      e.printStackTrace(err);
    }
    err.flush();
    return failure.exitCode().number();
  }

  /** For whoever is told of the command's end. */
  private static void note(CommandLine command, String failure) {
    CommonOptions.of(command).ifPresent(options -> options.notify.failed(failure));
  }

  /** Says the version of the software. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"spark-sbp " + SoftwareVersion.current()};
    }
  }
}
