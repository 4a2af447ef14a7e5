package org.sparksbp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.sparksbp.config.InvalidConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sbp demo}. */
@Command(
    name = "demo",
    description =
        "Runs everything on small synthetic data: generate, prepare, train with and without"
            + " self-backpropagation, evaluate, sweep, report. Takes a few minutes at most.",
    sortOptions = false,
    footer = {"", "Examples:", "  sbp demo", "  sbp demo --output /tmp/first-look"})
final class DemoCommand implements Callable<Integer> {

  /**
   * What the demo does with a task.
   *
   * @param task its name
   * @param samples synthetic raw samples
   * @param prepare further options of prepare
   * @param settings further settings of training
   */
  private record Part(String task, int samples, List<String> prepare, List<String> settings) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("mnist", 2000, List.of(), List.of("network.hidden=[100]", "training.epochs=5")),
          new Part(
              "nettalk",
              300,
              List.of("--split", "words", "--word-set", "full"),
              List.of("network.hidden=[60]", "training.epochs=3", "training.batch=5")),
          new Part(
              "dvsgesture",
              11,
              List.of("--split", "within-clip"),
              List.of("network.hidden=[60]", "training.epochs=5", "training.batch=20")));

  private static final String SWEEP =
      """
      # Small, so that the demo ends soon: three arms on the same three seeds, best epochs by validation.
      task = mnist
      model = snn
      network.hidden = [30]
      training { epochs = 4, limit = 600 }
      sweep {
        arms {
          without { rule = symmetric-stdp }
          with { rule = sbp }
          ablation { rule = postsynaptic-stdp }
        }
        seeds = [1, 2, 3]
      }
      """;

  private static final List<String> RULES = List.of("sbp", "symmetric-stdp");

  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "sbp-demo",
      description = "New folder for all that is made, on this machine (default: sbp-demo).")
  Path output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws Exception {
    if (Files.exists(output) && !isEmpty(output)) {
      throw new InvalidConfigurationException(
          "Invalid --output "
              + output
              + ": the folder is not empty, delete it or name another one");
    }
    TextTable table =
        new TextTable(
            "task (synthetic)", "rule", "epochs", "test error", "best epoch", "samples/s", "model");
    List<Object> runs = new ArrayList<>();
    for (Part part : PARTS) {
      run(part, table, runs);
    }
    String page = sweepAndReport();
    common.out().println();
    common.out().print(table);
    common.out().println();
    common
        .out()
        .println(
            "All of it is synthetic data and lies in "
                + output.toAbsolutePath()
                + ": raw, shards, runs, results, report");
    common.out().println("The page that compares the sweep's arms: " + page);
    common.out().println("Look closer, for example with:");
    common.out().println("  sbp inspect " + output.resolve("shards/mnist") + " --sample 0");
    common.out().println("  sbp train --config conf/mnist.conf --data DIR --output DIR");
    new ResultLine("demo")
        .with("output", output.toAbsolutePath().toString())
        .with("synthetic", true)
        .with("runs", runs)
        .with("page", page)
        .print(common);
    return ExitCode.DONE.number();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private void run(Part part, TextTable table, List<Object> runs) throws IOException {
    String raw = output.resolve("raw").resolve(part.task()).toString();
    String shards = output.resolve("shards").resolve(part.task()).toString();
    step("generate", part.task(), "--to", raw, "--samples", String.valueOf(part.samples()));
    List<String> prepare = new ArrayList<>(List.of("prepare", part.task()));
    prepare.addAll(List.of("--input", raw, "--output", shards));
    prepare.addAll(part.prepare());
    step(prepare.toArray(String[]::new));
    for (String rule : RULES) {
      String folder = output.resolve("runs").resolve(part.task() + "-" + rule).toString();
      List<String> train = new ArrayList<>(List.of("train", "--data", shards, "--output", folder));
      train.addAll(List.of("--set", "rule=" + rule));
      part.settings().forEach(setting -> train.addAll(List.of("--set", setting)));
      JsonNode trained = step(train.toArray(String[]::new));
      String model = trained.path("bestModelFolder").asText();
      JsonNode measured = step("evaluate", "--model", model, "--data", shards);
      table.row(
          part.task(),
          rule,
          trained.path("epochs").asText(),
          TrainingDisplay.percent(measured.path("measures").path("error").asDouble()),
          trained.path("bestEpoch").asText(),
          String.format(Locale.ROOT, "%,d", trained.path("samplesPerSecond").asLong()),
          model);
      runs.add(trained);
    }
  }

  /** A sweep of few and small trials, and its page; returns where that is. */
  private String sweepAndReport() throws IOException {
    Path file = Files.writeString(output.resolve("sweep.conf"), SWEEP);
    String shards = output.resolve("shards/mnist").toString();
    String results = output.resolve("results").toString();
    step("sweep", "--config", file.toString(), "--data", shards, "--output", results);
    String report = output.resolve("report").toString();
    return step("report", "--results", results, "--output", report).path("page").asText();
  }

  /** Runs a command as the user would, shows what it says, and returns its last line. */
  private JsonNode step(String... arguments) throws IOException {
    common.out().println();
    common.out().println("$ sbp " + String.join(" ", arguments));
    common.out().flush();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    all.addAll(common.spark.words());
    common.gpus().ifPresent(gpus -> all.addAll(List.of("--gpus", gpus.toString())));
    if (common.verbose) {
      all.add("--verbose");
    }
    StringWriter said = new StringWriter();
    CommandLine command = Sbp.commandLine();
    command.setErr(common.err());
    command.setOut(new PrintWriter(said));
    int code = Sbp.execute(command, all.toArray(String[]::new));
    List<String> lines = said.toString().lines().toList();
    if (code != 0 || lines.isEmpty()) {
      throw new IllegalStateException(
          "Cannot go on with the demo: 'sbp " + arguments[0] + "' ended with " + code);
    }
    lines.subList(0, lines.size() - 1).forEach(common.out()::println);
    common.out().flush();
    return JSON.readTree(lines.get(lines.size() - 1));
  }
}
