package org.sparksbp.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.sparksbp.benchmark.device.DeviceBenchmark;
import org.sparksbp.benchmark.device.DeviceEffort;
import org.sparksbp.benchmark.device.DeviceReport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What is measured on a graphics card. */
final class DeviceBenchmarkOptions {

  private static final double QUICK_SECONDS = 1;
  private static final int QUICK_REPETITIONS = 3;
  private static final int NO_LARGE_NETWORK = 0;

  @Option(
      names = "--models",
      paramLabel = "MODEL",
      split = ",",
      description =
          "On a card: models, or models with a rule (default: snn/sbp, spiking-mlp/bp,"
              + " spiking-mlp/sbp, rbm/sbp).")
  List<String> models = DeviceEffort.MODELS;

  @Option(
      names = "--packs",
      paramLabel = "N",
      split = ",",
      description = "On a card: trials side by side (default: 1, 4, 16, 64, 256).")
  List<Integer> packs = DeviceEffort.full().packs();

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "On a card: hidden neurons of a pack's networks (default: 500).")
  int hidden = DeviceEffort.full().hidden();

  @Option(
      names = "--large",
      paramLabel = "N",
      split = ",",
      description =
          "On a card: hidden neurons of large single networks (default: 2000, 8000; 0: none).")
  List<Integer> large = DeviceEffort.full().large();

  @Option(
      names = "--large-batch",
      paramLabel = "N",
      description = "On a card: samples of a large network's batch (default: 1000).")
  int largeBatch = DeviceEffort.full().largeBatch();

  @Option(
      names = "--within",
      paramLabel = "S",
      description = "On a card: begin no measurement later than that many seconds.")
  double within = Double.MAX_VALUE;

  @Option(
      names = "--device-address",
      paramLabel = "CARD",
      description = "The card's number from 0, or its UUID (default: the first).")
  String address = "";

  @Spec(Target.MIXEE)
  CommandSpec command;

  /**
   * How much is measured.
   *
   * @param quick whether a look is enough
   * @param seconds of a measurement; null where that is not said
   */
  DeviceEffort effort(boolean quick, Double seconds) {
    require(hidden > 0, "--hidden " + hidden + ": it is not above 0");
    require(largeBatch > 0, "--large-batch " + largeBatch + ": it is not above 0");
    packs.forEach(pack -> require(pack > 0, "--packs " + pack + ": it is not above 0"));
    large.forEach(one -> require(one >= 0, "--large " + one + ": it is below 0"));
    DeviceEffort effort = quick ? DeviceEffort.quick() : DeviceEffort.full();
    TreeSet<String> known = new TreeSet<>(DeviceEffort.MODELS);
    DeviceEffort.MODELS.forEach(model -> known.add(model.substring(0, model.indexOf('/'))));
    models.forEach(
        model ->
            require(
                known.contains(model),
                "--models " + model + ": must be one of " + String.join(", ", known)));
    effort =
        effort
            .withModels(models)
            .withSizes(
                packs,
                hidden,
                large.stream().filter(one -> one != NO_LARGE_NETWORK).toList(),
                largeBatch)
            .endingWithin(within);
    if (seconds == null) {
      return effort;
    }
    require(seconds > 0, "--seconds " + seconds + ": it is not above 0");
    return effort.lasting(
        seconds, seconds <= QUICK_SECONDS ? QUICK_REPETITIONS : effort.repetitions());
  }

  /**
   * Measures, and writes the report anew after each measurement.
   *
   * @throws org.sparksbp.device.NoDeviceException if there is no such card
   */
  DeviceReport measure(DeviceEffort effort, Path output, String line, PrintWriter err) {
    DeviceBenchmark benchmark =
        new DeviceBenchmark(
            effort,
            address,
            next -> {
              err.println("measuring: " + next);
              err.flush();
            });
    return benchmark.run(
        report -> {
          try {
            report.write(output, line);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(command.commandLine(), "Invalid " + message);
    }
  }
}
