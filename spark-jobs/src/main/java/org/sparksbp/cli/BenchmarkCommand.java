package org.sparksbp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.benchmark.Benchmark;
import org.sparksbp.benchmark.BenchmarkPart;
import org.sparksbp.benchmark.BenchmarkReport;
import org.sparksbp.benchmark.Effort;
import org.sparksbp.benchmark.Result;
import org.sparksbp.benchmark.ResultTable;
import org.sparksbp.benchmark.device.DeviceReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sbp benchmark}. */
@Command(
    name = "benchmark",
    description =
        "Measures how fast this machine trains, prepares and loads, against its own ceilings and"
            + " against targets. Takes about ten minutes, with --quick about two.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sbp benchmark --quick",
      "  sbp benchmark --data shards/mnist --raw raw/mnist --output benchmark",
      "  sbp benchmark --only snn,spiking-mlp --seconds 3",
      "  sbp benchmark --device gpu --models spiking-mlp/bp --packs 1,16",
      "Keep the machine idle meanwhile: what runs on more than one core is measured by the clock."
    })
final class BenchmarkCommand implements Callable<Integer> {

  private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+)]");

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description =
          "cpu: this machine; gpu: its graphics card, with made-up digits (default: cpu).")
  String device;

  @Option(names = "--quick", description = "Fewer sizes, shorter repetitions, less data.")
  boolean quick;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Prepared digits to learn (default: prepares them).")
  String data;

  @Option(
      names = "--raw",
      paramLabel = "DIR",
      description = "Raw digits to prepare (default: synthetic ones).")
  String raw;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "sbp-benchmark",
      description =
          "Folder on this machine for benchmark.json, benchmark.md and plots (default:"
              + " sbp-benchmark).")
  Path output;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description = "Measure these parts alone: ${COMPLETION-CANDIDATES}.")
  List<BenchmarkPart> only = List.of(BenchmarkPart.values());

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "Processor seconds of a repetition (default: 1.5, with --quick 0.4); on a card seconds of"
              + " a measurement (default: 6, with --quick 1).")
  Double seconds;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Synthetic digits to make (default: 70000, with --quick 7000).")
  Integer images;

  @Mixin DeviceBenchmarkOptions onDevice;
  @Mixin CommonOptions common;
  @Spec CommandSpec command;

  @Override
  public Integer call() throws Exception {
    require(
        List.of("cpu", "gpu").contains(device), "--device " + device + ": must be one of cpu, gpu");
    if (device.equals("gpu")) {
      return measureCard();
    }
    Configuration hadoop = Locations.hadoop(common);
    int cores = cores();
    Effort effort = effort();
    Set<BenchmarkPart> parts = EnumSet.copyOf(only);
    Path scratch = Files.createTempDirectory("sbp-benchmark");
    try {
      BenchmarkReport report =
          new Benchmark(
                  input(hadoop),
                  this::spark,
                  effort,
                  new org.apache.hadoop.fs.Path(scratch.toUri()),
                  this::say)
              .run(parts, cores);
      show(report, report.write(output, commandLine()));
    } finally {
      FileUtil.fullyDelete(scratch.toFile());
    }
    return ExitCode.DONE.number();
  }

  private int measureCard() throws IOException {
    require(
        data == null
            && raw == null
            && images == null
            && only.size() == BenchmarkPart.values().length,
        "--device gpu: a card is measured with made-up digits, without --data, --raw, --images and"
            + " --only");
    DeviceReport report =
        onDevice.measure(onDevice.effort(quick, seconds), output, commandLine(), common.err());
    common.out().print(report.markdown(commandLine()));
    List<Path> files = report.write(output, commandLine());
    files.forEach(file -> common.out().println(file.toAbsolutePath()));
    new ResultLine("benchmark")
        .with("output", output.toAbsolutePath().toString())
        .with("quick", quick)
        .with("files", files.stream().map(file -> file.getFileName().toString()).toList())
        .with("measured", report.measured())
        .print(common);
    return ExitCode.DONE.number();
  }

  private Effort effort() {
    Effort effort = quick ? Effort.quick() : Effort.full();
    if (seconds != null) {
      require(seconds > 0, "--seconds " + seconds + ": it is not above 0");
      effort = effort.withSeconds(seconds);
    }
    if (images != null) {
      require(images >= 100, "--images " + images + ": it is less than 100");
      effort = effort.withImages(images);
    }
    return effort;
  }

  private Benchmark.Input input(Configuration hadoop) throws IOException {
    return new Benchmark.Input(hadoop, place(hadoop, data), place(hadoop, raw));
  }

  private static Optional<org.apache.hadoop.fs.Path> place(Configuration hadoop, String written)
      throws IOException {
    return written == null ? Optional.empty() : Optional.of(Locations.place(hadoop, written));
  }

  /** As many cores as the master has, which must be this machine. */
  private int cores() {
    String master = common.spark.master;
    if (master == null || master.equals("local[*]")) {
      return Runtime.getRuntime().availableProcessors();
    }
    Matcher local = LOCAL.matcher(master.equals("local") ? "local[1]" : master);
    require(
        local.matches(), "--master " + master + ": the benchmark measures this machine, local[N]");
    return Integer.parseInt(local.group(1));
  }

  private JavaSparkContext spark(int cores) {
    SparkConf spark = SparkSessions.configuration(new SparkConf(), "sbp benchmark", common);
    return new JavaSparkContext(spark.setMaster("local[" + cores + "]"));
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(command.commandLine(), "Invalid " + message);
    }
  }

  private void say(String next) {
    common.tell("measuring: " + next);
  }

  private String commandLine() {
    List<String> words = new ArrayList<>(List.of("sbp"));
    words.addAll(command.commandLine().getParent().getParseResult().originalArgs());
    return String.join(" ", words);
  }

  private void show(BenchmarkReport report, List<Path> files) {
    TextTable table =
        new TextTable(
            "what",
            "version",
            "median",
            "least",
            "greatest",
            "unit",
            "of peak",
            "target",
            "reached");
    for (Result result : report.results()) {
      table.row(
          result.name(),
          result.variant(),
          ResultTable.shown(result.median()),
          ResultTable.shown(result.least()),
          ResultTable.shown(result.greatest()),
          result.unit(),
          ResultTable.peakShare(result),
          ResultTable.target(result),
          ResultTable.reached(result));
    }
    common.out().print(table);
    if (report.targets() > 0) {
      common
          .out()
          .printf(
              Locale.ROOT, "%d of %d targets reached%n", report.targetsReached(), report.targets());
    }
    files.forEach(file -> common.out().println(file.toAbsolutePath()));
    new ResultLine("benchmark")
        .with("output", output.toAbsolutePath().toString())
        .with("quick", quick)
        .with("files", files.stream().map(file -> file.getFileName().toString()).toList())
        .with("targets", report.targets())
        .with("targetsReached", report.targetsReached())
        .print(common);
  }
}
