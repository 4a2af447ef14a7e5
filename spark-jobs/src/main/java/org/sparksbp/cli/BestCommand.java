package org.sparksbp.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.modelfolder.ModelFolder;
import org.sparksbp.report.Ranking;
import org.sparksbp.report.Ranking.Ranked;
import org.sparksbp.statistics.SeedSummary;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.AtomicFolder;
import org.sparksbp.sweep.results.SweepFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sbp best}. */
@Command(
    name = "best",
    description =
        "Ranks the points and arms of sweeps by the error that they were chosen by, and writes the"
            + " configuration of the best one.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sbp best --results results",
      "  sbp best --results results --sweep nettalk-snn --arm with --write best.conf",
      "  sbp best --results results --models best-models",
      "  sbp best --results results --sweep search-with,search-without --compare compared.conf"
    })
final class BestCommand implements Callable<Integer> {

  @Mixin ResultsOption results;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "Most lines of a task (default: ${DEFAULT-VALUE}).")
  int top;

  @Option(
      names = "--sweep",
      paramLabel = "NAME",
      split = ",",
      description = "Of these sweeps alone, by commas.")
  List<String> sweeps = List.of();

  @Option(names = "--of", paramLabel = "TASK", description = "Of this task alone.")
  String task;

  @Option(names = "--arm", paramLabel = "NAME", description = "Of this arm alone.")
  String arm;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Write the best one's configuration, which 'sbp train --config' takes.")
  String file;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description =
          "Write the configuration of a sweep that compares the arms, each at the best of its own"
              + " points.")
  String comparison;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description =
          "Copy the best one's models, which its sweep has kept (sweep.keep-models), to DIR/seed-SEED.")
  String models;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws Exception {
    if (top < 1) {
      throw new InvalidConfigurationException("Invalid --top " + top + ": it must be at least 1");
    }
    Configuration hadoop = Locations.hadoop(common);
    Ranking ranking = Ranking.of(hadoop, results.folder(hadoop));
    Map<String, List<Ranked>> byTask =
        ranking.ranked().stream()
            .filter(this::isAskedFor)
            .collect(Collectors.groupingBy(Ranked::task, LinkedHashMap::new, Collectors.toList()));
    if (byTask.isEmpty()) {
      throw new InvalidConfigurationException(
          "Cannot rank: no point whose every seed has ended is of what was asked for in "
              + results.written);
    }
    byTask.forEach(this::print);
    if (ranking.leftOut() > 0) {
      common
          .out()
          .printf(
              Locale.ROOT,
              "not ranked: %d points and arms with a seed that failed or has not ended%n",
              ranking.leftOut());
    }
    write(hadoop, byTask);
    return ExitCode.DONE.number();
  }

  private boolean isAskedFor(Ranked pair) {
    return (sweeps.isEmpty() || sweeps.contains(pair.sweep()))
        && (task == null || task.equals(pair.task()))
        && (arm == null || arm.equals(pair.arm()));
  }

  private void print(String ofTask, List<Ranked> pairs) {
    common.out().printf(Locale.ROOT, "%s, %d points and arms%n", ofTask, pairs.size());
    TextTable table =
        new TextTable(
            "rank",
            "sweep",
            "model",
            "point",
            "arm",
            "seeds",
            "chosen on",
            "error",
            "+-",
            "test error",
            "+-",
            "epochs",
            "settings");
    for (int rank = 0; rank < Math.min(top, pairs.size()); rank++) {
      Ranked pair = pairs.get(rank);
      table.row(
          Integer.toString(rank + 1),
          pair.sweep(),
          pair.model(),
          Long.toString(pair.point()),
          pair.arm(),
          Integer.toString(pair.seeds().size()),
          pair.selectedOn(),
          TrainingDisplay.percent(pair.error().meanOrNaN()),
          halfWidth(pair.error()),
          TrainingDisplay.percent(pair.testError().meanOrNaN()),
          halfWidth(pair.testError()),
          String.format(Locale.ROOT, "%.1f", pair.epochs().meanOrNaN()),
          pair.parameters().entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue())
              .collect(Collectors.joining(" ")));
    }
    common.out().print(table);
    common.out().println("error: mean of the seeds' lowest; +-: half of its 95 % interval");
  }

  private static String halfWidth(SeedSummary summary) {
    return summary.halfWidth().isEmpty()
        ? ""
        : TrainingDisplay.percent(summary.halfWidth().getAsDouble());
  }

  private void write(Configuration hadoop, Map<String, List<Ranked>> byTask) throws IOException {
    ResultLine line = new ResultLine("best");
    List<Map<String, Object>> best = new ArrayList<>();
    byTask.values().forEach(pairs -> best.add(fields(pairs.get(0))));
    line.with("best", best);
    if (file != null) {
      Ranked winner = ofOneTask("--write", file, byTask).get(0);
      Path place = Locations.writtenFile(hadoop, "--write", file);
      writeText(hadoop, place, ChosenConfiguration.of(winner, file));
      common.out().println("configuration: " + Locations.shown(place));
      line.with("configuration", Locations.shown(place));
    }
    if (models != null) {
      Ranked winner = ofOneTask("--models", models, byTask).get(0);
      List<String> copies = copyModels(hadoop, winner);
      copies.forEach(copy -> common.out().println("model: " + copy));
      line.with("models", copies);
    }
    if (comparison != null) {
      List<Ranked> pairs = ofOneTask("--compare", comparison, byTask);
      Path place = Locations.writtenFile(hadoop, "--compare", comparison);
      writeText(hadoop, place, ChosenComparison.of(pairs, comparison));
      common.out().println("comparison: " + Locations.shown(place));
      line.with("comparison", Locations.shown(place));
    }
    line.print(common);
  }

  private static List<Ranked> ofOneTask(
      String option, String written, Map<String, List<Ranked>> byTask) {
    if (byTask.size() > 1) {
      throw new InvalidConfigurationException(
          "Invalid %s %s: the results are of %s, choose one by --of"
              .formatted(option, written, String.join(" and ", byTask.keySet())));
    }
    return byTask.values().iterator().next();
  }

  /** Copies the models of all seeds, or none. */
  private List<String> copyModels(Configuration hadoop, Ranked winner) throws IOException {
    Path kept = new Path(results.folder(hadoop), SweepFolder.modelFolder(winner.sweep()));
    for (String trial : winner.trials()) {
      if (!AtomicFolder.has(hadoop, new Path(kept, trial), ModelFolder.MODEL_FILE)) {
        throw new InvalidConfigurationException(
            "Cannot copy models to "
                + models
                + ": the sweep "
                + winner.sweep()
                + " has kept none of its trial "
                + trial
                + "; ask a sweep to keep them by sweep.keep-models, or train it again with what"
                + " --write writes");
      }
    }
    List<String> copies = new ArrayList<>();
    Path place = Locations.output(hadoop, "--models", models);
    try (OutputLease lease = OutputLease.of(hadoop, place, common)) {
      for (int i = 0; i < winner.trials().size(); i++) {
        Path copy = new Path(place, "seed-" + winner.seeds().get(i));
        Path model = new Path(kept, winner.trials().get(i));
        ModelFiles.write(hadoop, copy, ModelFiles.read(hadoop, model));
        copies.add(Locations.shown(copy));
      }
    }
    return copies;
  }

  private void writeText(Configuration hadoop, Path place, String text) throws IOException {
    try (OutputLease lease = OutputLease.beside(hadoop, place, common)) {
      AtomicFile.write(hadoop, place, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Map<String, Object> fields(Ranked pair) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", pair.task());
    fields.put("sweep", pair.sweep());
    fields.put("point", pair.point());
    fields.put("arm", pair.arm());
    fields.put("seeds", pair.seeds());
    fields.put("selectedOn", pair.selectedOn());
    fields.put("error", pair.error().meanOrNaN());
    fields.put("testError", pair.testError().meanOrNaN());
    fields.put("epochs", pair.epochs().meanOrNaN());
    fields.put("parameters", pair.parameters());
    return fields;
  }
}
