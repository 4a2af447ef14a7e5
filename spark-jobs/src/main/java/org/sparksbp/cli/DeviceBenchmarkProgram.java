package org.sparksbp.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sparksbp.benchmark.device.DeviceReport;
import org.sparksbp.device.NoDeviceException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code sbp benchmark --device gpu} as a program of its own that needs neither Spark nor ND4J, for
 * the bundle of {@code deploy/gpu/benchmark.sh}.
 */
@Command(
    name = "run.sh",
    mixinStandardHelpOptions = true,
    description = "Measures how fast this machine's graphics card trains.",
    sortOptions = false)
public final class DeviceBenchmarkProgram implements Callable<Integer> {

  @Option(names = "--quick", description = "A second a measurement: a look, no proof.")
  boolean quick;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Seconds of a measurement (default: 6, with --quick 1).")
  Double seconds;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "sbp-benchmark",
      description =
          "Folder for device-benchmark.json and device-benchmark.md (default: sbp-benchmark).")
  Path output;

  @Mixin DeviceBenchmarkOptions options;
  @Spec CommandSpec command;

  /** Runs and ends the process. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DeviceBenchmarkProgram()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    String line =
        ("run.sh " + String.join(" ", command.commandLine().getParseResult().originalArgs()))
            .strip();
    DeviceReport report;
    try {
      report = options.measure(options.effort(quick, seconds), output, line, err);
    } catch (NoDeviceException e) {
      err.println(e.getMessage());
      return ExitCode.INVALID_COMMAND.number();
    }
    out.print(report.markdown(line));
    report.write(output, line).forEach(file -> out.println(file.toAbsolutePath()));
    out.flush();
    return ExitCode.DONE.number();
  }
}
