package org.sparksbp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.evaluation.EvaluationJob;
import org.sparksbp.evaluation.EvaluationResult;
import org.sparksbp.evaluation.SampleSet;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.task.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sbp evaluate}. */
@Command(
    name = "evaluate",
    description = "Measures a trained model on prepared data.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sbp evaluate --model runs/mnist-sbp/model --data shards/mnist",
      "  sbp evaluate --model runs/mnist-sbp/best --data shards/mnist --output runs/evaluation"
    })
final class EvaluateCommand implements Callable<Integer> {

  @Mixin ModelOption model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Prepared data of the model's task.")
  String data;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "New folder for summary.json and the answer to every sample as CSV; the same evaluation"
              + " is found done.")
  String output;

  @Option(
      names = "--on",
      paramLabel = "SPLIT",
      defaultValue = "test",
      description = "Samples to measure on: test (default) or train.")
  Split split;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "Take the first N samples; 0 for all (default).")
  long limit;

  @Mixin CommonOptions common;
  @Spec CommandSpec command;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Locations.hadoop(common);
    if (limit < 0) {
      throw new ParameterException(
          command.commandLine(), "Invalid --limit " + limit + ": it is less than 0");
    }
    Path modelFolder = model.folder(hadoop);
    SavedModel saved = ModelFiles.read(hadoop, modelFolder);
    DataFolder samples = DataFolder.open(hadoop, Locations.place(hadoop, data));
    if (output == null) {
      evaluate(saved, samples, modelFolder, null).print(common);
      return ExitCode.DONE.number();
    }
    Path to = Locations.output(hadoop, "--output", output, Locations.place(hadoop, data));
    try (OutputLease lease = OutputLease.of(hadoop, to, common)) {
      EvaluationFolder folder = new EvaluationFolder(hadoop, to);
      Map<String, Object> identity =
          EvaluationFolder.identity(saved, samples.manifest(), split, limit);
      Optional<JsonNode> earlier = folder.claim(output, identity);
      if (earlier.isPresent()) {
        tell(earlier.get(), folder);
        return ExitCode.DONE.number();
      }
      ResultLine line = evaluate(saved, samples, modelFolder, folder);
      line.with("limit", limit).with("parameters", identity.get("parameters"));
      line.with("output", Locations.shown(to)).write(hadoop, folder.summary());
      common.out().println("answers: " + Locations.shown(folder.predictions()));
      common.out().println("summary: " + Locations.shown(folder.summary()));
      line.print(common);
    }
    return ExitCode.DONE.number();
  }

  /**
   * Measures the model.
   *
   * @param folder for the answers, or null if they are not wanted
   */
  private ResultLine evaluate(
      SavedModel saved, DataFolder samples, Path modelFolder, EvaluationFolder folder)
      throws IOException {
    EvaluationResult result;
    String device;
    try (JavaSparkContext spark = SparkSessions.startComputing("sbp evaluate", common)) {
      EvaluationJob job =
          new EvaluationJob(spark, saved, samples.manifest().shape(), samples.measures());
      ComputesOn.tell(job.configuration(), common);
      device = ComputesOn.name(job.configuration());
      SampleSet chosen = samples.samples(spark, split, limit);
      result = job.evaluate(chosen);
      if (folder != null) {
        job.writePredictions(chosen, folder.predictions());
      }
    }
    return report(saved, samples, modelFolder, result).with("device", device);
  }

  /** What the same evaluation has found before. */
  private void tell(JsonNode summary, EvaluationFolder folder) {
    common.out().println("this evaluation is done already, nothing was changed");
    TextTable table = new TextTable("measure", "value");
    summary
        .path("measures")
        .fields()
        .forEachRemaining(
            measure ->
                table.row(
                    measure.getKey(), TrainingDisplay.percent(measure.getValue().asDouble())));
    common.out().print(table);
    common.out().println("summary: " + Locations.shown(folder.summary()));
    ResultLine line = new ResultLine("evaluate");
    summary.fields().forEachRemaining(field -> line.with(field.getKey(), field.getValue()));
    line.print(common);
  }

  private static String fingerprints(SavedModel saved, DataFolder samples) {
    String trainedOn = saved.provenance().dataFingerprint();
    String measuredOn = samples.manifest().fingerprint();
    return trainedOn.equals(measuredOn)
        ? "trained and measured on data with the fingerprint " + measuredOn
        : "trained on data of "
            + saved.provenance().task()
            + " with the fingerprint "
            + trainedOn
            + ", measured on other data, of "
            + samples.manifest().task()
            + ", with the fingerprint "
            + measuredOn;
  }

  private ResultLine report(
      SavedModel saved, DataFolder samples, Path modelFolder, EvaluationResult result) {
    Map<String, Double> values = result.measure().values();
    common
        .out()
        .printf(
            Locale.ROOT,
            "%s of epoch %d on %,d %s samples of %s%n",
            saved.type(),
            saved.provenance().epochs(),
            result.measure().samples(),
            split.lowerCaseName(),
            samples.manifest().task());
    TextTable table = new TextTable("measure", "value");
    values.forEach((name, value) -> table.row(name, TrainingDisplay.percent(value)));
    common.out().print(table);
    common
        .out()
        .printf(
            Locale.ROOT,
            "%,d samples/s; %,d multiply-accumulates (%,d graded, %,d of the spiking phase),"
                + " %,d synaptic operations, %,d spikes%n",
            Math.round(result.samplesPerSecond()),
            result.work().multiplyAccumulates(),
            result.work().gradedMultiplyAccumulates(),
            result.work().spikingPhaseMultiplyAccumulates(),
            result.work().synapticOperations(),
            result.work().spikes());
    common.out().println("model: " + Locations.shown(modelFolder));
    common.out().println("run: " + saved.provenance().run());
    common.out().println(fingerprints(saved, samples));
    return new ResultLine("evaluate")
        .with("task", samples.manifest().task())
        .with("synthetic", samples.manifest().synthetic())
        .with("modelFolder", Locations.shown(modelFolder))
        .with("run", saved.provenance().run())
        .with("epochs", saved.provenance().epochs())
        .with("trainedOn", saved.provenance().dataFingerprint())
        .with("measuredOn", samples.manifest().fingerprint())
        .with("split", split.lowerCaseName())
        .with("samples", result.measure().samples())
        .with("measures", values)
        .with("synapticOperations", result.work().synapticOperations())
        .with("multiplyAccumulates", result.work().multiplyAccumulates())
        .with("gradedMultiplyAccumulates", result.work().gradedMultiplyAccumulates())
        .with("spikingPhaseMultiplyAccumulates", result.work().spikingPhaseMultiplyAccumulates())
        .with("spikes", result.work().spikes())
        .with("samplesPerSecond", Math.round(result.samplesPerSecond()));
  }
}
