package org.sparksbp.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.inspect.DataSummary;
import org.sparksbp.inspect.RasterPlot;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.modelfolder.ModelFolder;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.SampleIterator;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.AtomicFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sbp inspect}. */
@Command(
    name = "inspect",
    description = "Shows what is in a folder of prepared data or of a model.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sbp inspect shards/mnist",
      "  sbp inspect shards/mnist --sample 42",
      "  sbp inspect shards/mnist --sample 42 --on test --png sample.png",
      "  sbp inspect runs/mnist-sbp/model"
    })
final class InspectCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "Prepared data, or a model.")
  String folder;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Draw the spikes of the sample at this position, from 0.")
  Long sample;

  @Option(
      names = "--on",
      paramLabel = "SPLIT",
      defaultValue = "train",
      description = "The sample's split: train (default) or test.")
  Split split;

  @Option(
      names = "--png",
      paramLabel = "FILE",
      description = "Draw the sample into this PNG file instead of the terminal.")
  String png;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Locations.hadoop(common);
    Path place = Locations.place(hadoop, folder);
    FileSystem files = place.getFileSystem(hadoop);
    if (AtomicFolder.has(hadoop, place, ModelFolder.MODEL_FILE)) {
      showModel(ModelFiles.read(hadoop, place), place);
    } else if (!files.exists(new Path(place, Manifest.FILE_NAME))) {
      throw new InvalidInputException(
          "Cannot inspect "
              + Locations.shown(place)
              + ": it holds neither "
              + Manifest.FILE_NAME
              + " (prepared data) nor "
              + ModelFolder.MODEL_FILE
              + " (a model)");
    } else if (sample != null) {
      draw(hadoop, ShardSet.open(hadoop, place));
    } else {
      showData(ShardSet.open(hadoop, place), place);
    }
    return ExitCode.DONE.number();
  }

  private void showModel(SavedModel model, Path place) {
    common
        .out()
        .printf(
            Locale.ROOT,
            "%s for %s, trained %d epochs with seed %d by version %s%n",
            model.type(),
            model.provenance().task(),
            model.provenance().epochs(),
            model.provenance().seed(),
            model.provenance().softwareVersion());
    common.out().println("run: " + model.provenance().run());
    common.out().println("fingerprint of its data: " + model.provenance().dataFingerprint());
    common
        .out()
        .printf(Locale.ROOT, "%,d parameters: %s%n", model.layout().size(), Locations.shown(place));
    TextTable arrays = new TextTable("array", "role", "shape", "numbers");
    for (ParameterLayout.Block block : model.layout().blocks()) {
      arrays.row(
          block.name(),
          block.role().name().toLowerCase(Locale.ROOT),
          block.shape().toString(),
          String.format(Locale.ROOT, "%,d", block.size()));
    }
    common.out().print(arrays);
    TextTable metrics = new TextTable("measure", "value");
    model
        .provenance()
        .metrics()
        .forEach((name, value) -> metrics.row(name, TrainingDisplay.percent(value)));
    common.out().print(metrics);
    new ResultLine("inspect")
        .with("kind", "model")
        .with("folder", Locations.shown(place))
        .with("type", model.type())
        .with("parameters", model.layout().size())
        .with("run", model.provenance().run())
        .with("epochs", model.provenance().epochs())
        .with("metrics", model.provenance().metrics())
        .print(common);
  }

  private void showData(ShardSet data, Path place) {
    Manifest manifest = data.manifest();
    common
        .out()
        .printf(
            Locale.ROOT,
            "%s%s: encoder %s, %,d channels, %,d steps, %,d outputs, %,d shards, version %s%n",
            manifest.task(),
            manifest.synthetic() ? " (synthetic)" : "",
            manifest.settings().encoder(),
            manifest.channels(),
            manifest.steps(),
            manifest.outputs(),
            manifest.shards().size(),
            manifest.toolVersion());
    common.out().println("fingerprint: " + manifest.fingerprint());
    common
        .out()
        .printf(
            Locale.ROOT,
            "%,d bad records were skipped: %s%n",
            manifest.badRecords().count(),
            Locations.shown(place));
    ResultLine line =
        new ResultLine("inspect")
            .with("kind", "data")
            .with("folder", Locations.shown(place))
            .with("task", manifest.task())
            .with("synthetic", manifest.synthetic())
            .with("fingerprint", manifest.fingerprint())
            .with("channels", manifest.channels())
            .with("steps", manifest.steps())
            .with("outputs", manifest.outputs());
    TextTable table =
        new TextTable("split", "samples", "spikes", "fewest", "most", "mean rate", "sparsity");
    try (JavaSparkContext spark = SparkSessions.start("sbp inspect", common)) {
      for (Split each : Split.values()) {
        if (manifest.count(each) == 0) {
          table.row(each.lowerCaseName(), "0", "", "", "", "", "");
          continue;
        }
        DataSummary summary = DataSummary.of(spark, data, each);
        addRow(table, summary);
        line.with(each.lowerCaseName(), summary);
      }
    }
    common.out().print(table);
    line.print(common);
  }

  private static void addRow(TextTable table, DataSummary summary) {
    table.row(
        summary.split().lowerCaseName(),
        String.format(Locale.ROOT, "%,d", summary.samples()),
        String.format(Locale.ROOT, "%,d", summary.events()),
        String.format(Locale.ROOT, "%,d", summary.fewestEvents()),
        String.format(Locale.ROOT, "%,d", summary.mostEvents()),
        TrainingDisplay.percent(summary.meanRate()),
        TrainingDisplay.percent(summary.sparsity()));
  }

  private void draw(Configuration hadoop, ShardSet data) throws IOException {
    if (sample < 0) {
      throw new InvalidConfigurationException(
          "Invalid --sample " + sample + ": the first sample is 0");
    }
    Path file = png == null ? null : Locations.writtenFile(hadoop, "--png", png);
    Sample chosen;
    try (SampleIterator samples = data.readLocally(split, sample, sample + 1)) {
      if (!samples.hasNext()) {
        throw new InvalidConfigurationException(
            "Invalid --sample "
                + sample
                + ": there are "
                + data.count(split)
                + " "
                + split.lowerCaseName()
                + " samples, the first is 0");
      }
      chosen = samples.next();
    }
    ResultLine line =
        new ResultLine("inspect")
            .with("kind", "sample")
            .with("id", chosen.id())
            .with("label", chosen.label())
            .with("group", chosen.group());
    if (chosen.label() >= 0) {
      String name = data.manifest().outputNames().get(chosen.label());
      common.out().println("class: " + name);
      line.with("class", name);
    }
    if (file == null) {
      common.out().print(RasterPlot.text(chosen));
    } else {
      Sample drawn = chosen;
      AtomicFile.write(hadoop, file, out -> RasterPlot.png(drawn, out));
      common.out().println(named(chosen) + ": drawn into " + Locations.shown(file));
      line.with("file", Locations.shown(file));
    }
    line.print(common);
  }

  private static String named(Sample sample) {
    return "sample "
        + sample.id()
        + (sample.label() < 0 ? "" : ", label " + sample.label())
        + (sample.group().equals(sample.id()) ? "" : ", of " + sample.group());
  }
}
