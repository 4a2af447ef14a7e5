package org.sparksbp.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.prepare.PrepareJob;
import org.sparksbp.shard.BadRecords;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.ManifestJson;
import org.sparksbp.shard.RawRecords;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sbp prepare}. */
@Command(
    name = "prepare",
    description = "Turns a task's raw files into spike-train shards in Parquet.",
    sortOptions = false,
    modelTransformer = EncodingOptions.TaskOptions.class,
    footer = {
      "",
      "Examples:",
      "  sbp prepare mnist --input raw/mnist --output shards/mnist",
      "  sbp prepare nettalk --input raw/nettalk --output shards/words --split words",
      "  sbp prepare dvsgesture --input raw/gestures --output shards/gestures --sample-by clips",
      "  sbp prepare emnist --input raw/emnist --output shards/letters --emnist-split letters",
      "A second run with the same input and options finds the data done."
    })
final class PrepareCommand implements Callable<Integer> {

  @Mixin TaskArgument data;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "DIR",
      description = "Folder (or file) with the raw files, plain or gzipped.")
  String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the shards; it must not hold other data.")
  String output;

  @Mixin EncodingOptions encoding;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws Exception {
    Task task = data.task;
    PrepareSettings settings = encoding.over(task);
    Configuration hadoop = Locations.hadoop(common);
    Path from = Locations.place(hadoop, input);
    Path to = Locations.output(hadoop, "--output", output);
    if (to.getParent() == null) {
      throw new InvalidConfigurationException(
          "Invalid --output " + output + ": it is all of a store; name a folder in it");
    }
    if (to.equals(from)) {
      // Below it is fine: raw files are named, and what else lies there is not looked at.
      throw new InvalidConfigurationException(
          "Invalid --output " + output + ": it is the folder of the raw files; name another one");
    }
    Prepared prepared;
    AtomicReference<StopSignals> signals = new AtomicReference<>();
    try {
      prepared = prepare(hadoop, from, to, settings, signals);
    } catch (Exception e) {
      if (signals.get() == null || !signals.get().isStopped()) {
        throw e;
      }
      common.tell(
          common.command.qualifiedName()
              + ": stopped by a signal, nothing of it is left in "
              + Locations.shown(to)
              + "; the same command begins anew");
      return signals.get().exitCode();
    }
    if (!prepared.isNew()) {
      common.out().println("this data is prepared already, nothing was changed");
    }
    report(prepared.manifest(), to, prepared.isNew());
    return ExitCode.DONE.number();
  }

  /** Signals end the process at once until Spark has started, which a cluster can make wait. */
  private Prepared prepare(
      Configuration hadoop,
      Path from,
      Path to,
      PrepareSettings settings,
      AtomicReference<StopSignals> signals)
      throws IOException {
    try (OutputLease lease = OutputLease.beside(hadoop, to, common);
        JavaSparkContext spark = SparkSessions.start("sbp prepare " + data.task.name(), common);
        Progress progress = common.progress("parts");
        StopSignals handled = StopSignals.handledBy(new JobCancellation(spark))) {
      signals.set(handled);
      boolean isNew = ManifestJson.find(hadoop, to).isEmpty();
      Manifest manifest =
          PrepareJob.run(
              spark,
              data.task,
              from,
              to,
              settings,
              (stage, done, total) -> progress.at(stage, done, total, ""));
      return new Prepared(manifest, isNew);
    }
  }

  private record Prepared(Manifest manifest, boolean isNew) {}

  /** What was read, and each file of which something is lost. */
  private void records(Manifest manifest) {
    Map<String, Long> read = new TreeMap<>();
    manifest.rawRecords().forEach(file -> read.merge(file.unit(), file.read(), Long::sum));
    if (!read.isEmpty()) {
      common
          .out()
          .println(
              read.entrySet().stream()
                  .map(unit -> String.format(Locale.ROOT, "%,d %s", unit.getValue(), unit.getKey()))
                  .collect(Collectors.joining(", ", "read: ", "")));
    }
    for (RawRecords file : manifest.rawRecords()) {
      if (file.dropped() > 0) {
        common
            .out()
            .printf(
                Locale.ROOT,
                "  %s: %,d %s read, %,d kept, %,d dropped%n",
                file.file(),
                file.read(),
                file.unit(),
                file.kept(),
                file.dropped());
      }
    }
  }

  private void report(Manifest manifest, Path to, boolean isNew) {
    long bytes = manifest.shards().stream().mapToLong(shard -> shard.bytes()).sum();
    common
        .out()
        .printf(
            Locale.ROOT,
            "%s%s: %,d training and %,d test samples, %,d channels, %,d steps, %,d outputs%n",
            manifest.task(),
            manifest.synthetic() ? " (synthetic)" : "",
            manifest.count(Split.TRAIN),
            manifest.count(Split.TEST),
            manifest.channels(),
            manifest.steps(),
            manifest.outputs());
    BadRecords bad = manifest.badRecords();
    if (bad.count() > 0) {
      common.out().printf(Locale.ROOT, "%,d bad records were skipped:%n", bad.count());
      bad.first().forEach(record -> common.out().println("  " + record));
    }
    records(manifest);
    common
        .out()
        .printf(
            Locale.ROOT,
            "%,d shards, %,d bytes, in %s%n",
            manifest.shards().size(),
            bytes,
            Locations.shown(to));
    common.out().println("fingerprint: " + manifest.fingerprint());
    new ResultLine("prepare")
        .with("ending", isNew ? "finished" : "already-done")
        .with("task", manifest.task())
        .with("synthetic", manifest.synthetic())
        .with("output", Locations.shown(to))
        .with("fingerprint", manifest.fingerprint())
        .with("trainSamples", manifest.count(Split.TRAIN))
        .with("testSamples", manifest.count(Split.TEST))
        .with("channels", manifest.channels())
        .with("steps", manifest.steps())
        .with("outputs", manifest.outputs())
        .with("shards", manifest.shards().size())
        .with("bytes", bytes)
        .with("badRecords", bad.count())
        .print(common);
  }
}
