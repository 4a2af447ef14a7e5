package org.sparksbp.cli;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.cluster.YarnDriver;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.config.Setting;
import org.sparksbp.learner.ModelType;
import org.sparksbp.metrics.TrainingMetrics;
import org.sparksbp.mlflow.TrackedTraining;
import org.sparksbp.tensorboard.RunEvents;
import org.sparksbp.training.StartMode;
import org.sparksbp.training.TrainingData;
import org.sparksbp.training.TrainingJob;
import org.sparksbp.training.TrainingListener;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sbp train}. */
@Command(
    name = "train",
    description = "Trains a model on prepared data and leaves it with its metrics in a folder.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sbp train --config conf/mnist.conf --data shards/mnist --output runs/mnist-sbp",
      "  sbp train --data shards/mnist --output runs/stdp --set rule=symmetric-stdp --set seed=2",
      "  sbp train --config conf/mnist.conf --data shards/mnist --output runs/mnist-sbp --resume",
      "  sbp train --config conf/mnist.conf --data shards/mnist --output runs/final --final",
      "  sbp train --config conf/mnist.conf --set training.epochs=10 --show-config",
      "Ctrl-C ends training with a checkpoint; a second one ends it at once."
    })
final class TrainCommand implements Callable<Integer> {

  /** Keys that are 0 in a final run. */
  /** What is told when a stop is asked for. */
  static final String ENDING = "Ending after these rounds, with a checkpoint ...";

  private static final List<String> FINAL =
      List.of("data.validation", "training.early-stopping.patience");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings of the run in HOCON; without it the task's defaults.")
  String file;

  @Option(names = "--data", paramLabel = "DIR", description = "Prepared data to learn.")
  String data;

  @Option(names = "--output", paramLabel = "DIR", description = "Folder of the run.")
  String output;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a key, before what the file says; any number of times.")
  List<String> assignments = new ArrayList<>();

  @Option(
      names = "--final",
      description =
          "Learn all training samples, to the last epoch: for the settings and epochs that were"
              + " chosen by validation. Sets data.validation and training.early-stopping.patience"
              + " to 0.")
  boolean finalRun;

  @Option(
      names = "--resume",
      description = "Go on from the newest checkpoint of the same run, if there is one.")
  boolean resume;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description =
          "Also write an event file for TensorBoard, in DIR/NAME-RUN: the name of --output and the first"
              + " digits of the run.")
  String tensorboard;

  @Option(
      names = "--show-config",
      description = "Print every key with its value and where it comes from, and exit.")
  boolean showConfiguration;

  @Mixin MlflowOptions mlflow;
  @Mixin CommonOptions common;
  @Spec CommandSpec command;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Locations.hadoop(common);
    if (showConfiguration) {
      show(configuration(hadoop, data == null ? null : open(hadoop)));
      return ExitCode.DONE.number();
    }
    require("--data", data);
    require("--output", output);
    refuseForFinal();
    // The settings' own errors come before those of the data, and both before Spark starts.
    var unused = checked(configuration(hadoop, null).config());
    DataFolder samples = open(hadoop);
    TrainingSettings settings = checked(configuration(hadoop, samples).config());
    DataFit.check(settings, samples);
    Path folder = Locations.output(hadoop, "--output", output, Locations.place(hadoop, data));
    if (tensorboard != null) {
      var checkedBeforeSparkStarts = Locations.output(hadoop, "--tensorboard", tensorboard);
    }
    return train(hadoop, settings, samples, folder);
  }

  private DataFolder open(Configuration hadoop) throws IOException {
    return DataFolder.open(hadoop, Locations.place(hadoop, data));
  }

  private void require(String option, String value) {
    if (value == null) {
      throw new ParameterException(
          command.commandLine(), "Missing required option: '" + option + "=DIR'");
    }
  }

  /** What is said on the same command line is not overruled in silence. */
  private void refuseForFinal() {
    for (String assignment : finalRun ? assignments : List.<String>of()) {
      String key = assignment.split("=", 2)[0].strip();
      if (FINAL.contains(key)) {
        throw new ParameterException(
            command.commandLine(),
            "Invalid --set " + assignment + ": --final sets " + key + " to 0");
      }
    }
  }

  private RunConfiguration configuration(Configuration hadoop, DataFolder samples)
      throws IOException {
    RunConfiguration.Builder builder = RunConfiguration.builder();
    if (file != null) {
      Locations.read(hadoop, file, builder);
    }
    assignments.forEach(builder::set);
    if (finalRun) {
      FINAL.forEach(key -> builder.set(key + "=0"));
    }
    if (samples != null) {
      builder.dataTask(samples.task().name());
    }
    return builder.build();
  }

  private void show(RunConfiguration configuration) {
    int width =
        configuration.settings().stream()
            .mapToInt(setting -> setting.key().length() + setting.value().length())
            .max()
            .orElse(0);
    for (Setting setting : configuration.settings()) {
      String assignment = setting.key() + " = " + setting.value();
      common.out().printf("%-" + (width + 3) + "s  # %s%n", assignment, setting.origin());
    }
    common.out().flush();
  }

  private static TrainingSettings checked(Config configuration) {
    modelType(configuration).check(configuration);
    return TrainingSettings.of(configuration);
  }

  private static ModelType modelType(Config configuration) {
    try {
      return ModelType.named(configuration.getString("model"));
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(e.getMessage(), e);
    }
  }

  private int train(
      Configuration hadoop, TrainingSettings settings, DataFolder samples, Path folder)
      throws IOException {
    TrainingOutcome outcome;
    TrainingSettings trained;
    try (OutputLease lease = OutputLease.of(hadoop, folder, common);
        JavaSparkContext spark =
            SparkSessions.startComputing("sbp train " + settings.task(), common);
        TrainingDisplay display = new TrainingDisplay(common);
        RunEvents events = events(hadoop, settings, samples, folder.getName());
        TrackedTraining tracked = tracked(hadoop, spark, settings, samples, folder)) {
      TrainingData input = TrainingData.of(spark, samples.shards(), samples.measures(), settings);
      List<TrainingListener> listeners =
          Stream.of(display, new TrainingMetrics(spark), events, tracked)
              .filter(Objects::nonNull)
              .toList();
      TrainingJob job = new TrainingJob(spark, settings, input, folder, listeners);
      try (StopSignals ignored = StopSignals.handledBy(() -> stop(job))) {
        // What an earlier attempt of this same command has left is no other's run.
        boolean goesOn = resume || YarnDriver.isLaterAttempt();
        outcome = job.run(goesOn ? StartMode.RESUME : StartMode.NEW);
      }
      trained = job.settings();
    }
    return new TrainingResult(outcome, trained, samples.manifest()).report(hadoop, folder, common);
  }

  private void stop(TrainingJob job) {
    common.tell(ENDING);
    job.requestStop();
  }

  /** What tells MLflow, or null if it is not to be told. */
  private TrackedTraining tracked(
      Configuration hadoop,
      JavaSparkContext spark,
      TrainingSettings settings,
      DataFolder samples,
      Path folder) {
    return mlflow
        .experiment(System.getenv())
        .map(
            experiment ->
                new TrackedTraining(
                    experiment,
                    hadoop,
                    folder,
                    settings.configuration(),
                    samples.manifest().fingerprint(),
                    mlflow.patience(spark.getConf()),
                    common::tell))
        .orElse(null);
  }

  /** Event files, or null if none are wanted. */
  private RunEvents events(
      Configuration hadoop, TrainingSettings settings, DataFolder samples, String run)
      throws IOException {
    if (tensorboard == null) {
      return null;
    }
    return new RunEvents(
        hadoop,
        Locations.output(hadoop, "--tensorboard", tensorboard),
        run,
        settings.configuration(),
        samples.manifest().fingerprint());
  }
}
