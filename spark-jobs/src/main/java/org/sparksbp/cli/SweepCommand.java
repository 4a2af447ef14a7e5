package org.sparksbp.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.metrics.SweepMetrics;
import org.sparksbp.mlflow.Experiment;
import org.sparksbp.sweep.SweepJob;
import org.sparksbp.sweep.SweepListener;
import org.sparksbp.sweep.SweepOutcome;
import org.sparksbp.sweep.TrainAgain;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.training.StartMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sbp sweep}. */
@Command(
    name = "sweep",
    description =
        "Trains many runs that vary chosen keys, compares their cost, and leaves tables of them in a"
            + " folder that several sweeps may share. A run that has ended is never trained again.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sbp sweep --config conf/study/nettalk-snn.conf --data shards/nettalk --output results",
      "  sbp sweep --config conf/study/mnist-snn.conf --data shards/mnist --output results --set"
          + " training.epochs=30",
      "  sbp sweep --config conf/study/mnist-rbm.conf --data shards/mnist --output results"
          + " --max-trials 3",
      "The same command goes on with a sweep that was stopped or killed. Ctrl-C stops it."
    })
final class SweepCommand implements Callable<Integer> {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Settings of the runs, and in the group 'sweep' what is varied.")
  String file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Prepared data; once for each task where the task is varied.")
  List<String> data = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the results, which sweeps may share.")
  String output;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a key, before what the file says; any number of times.")
  List<String> assignments = new ArrayList<>();

  @Option(
      names = "--resume",
      description =
          "Go on with an unfinished sweep of this name although its settings differ, or let the"
              + " tables of a finished one lose rows.")
  boolean resume;

  @Option(
      names = "--max-trials",
      paramLabel = "N",
      defaultValue = "0",
      description = "Train at most so many trials in this call (default: all).")
  int maxTrials;

  @Option(names = "--retry-failed", description = "Train the trials again that have failed.")
  boolean retryFailed;

  @Option(
      names = "--forget",
      paramLabel = "ID",
      description =
          "Forget a trial of this sweep, by the first digits of its name, and train it again; any"
              + " number of times.")
  List<String> forget = new ArrayList<>();

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Also write event files for TensorBoard, below DIR/NAME a folder each trial.")
  String tensorboard;

  @Mixin MlflowOptions mlflow;
  @Mixin CommonOptions common;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Locations.hadoop(common);
    RunConfiguration.Builder configuration = RunConfiguration.builder();
    Locations.read(hadoop, file, configuration);
    assignments.forEach(configuration::set);
    configuration.build();
    if (maxTrials < 0) {
      throw new ParameterException(
          command.commandLine(), "Invalid --max-trials " + maxTrials + ": it is less than 0");
    }
    List<SweepData> sets = new ArrayList<>();
    List<Path> places = new ArrayList<>();
    for (String place : data) {
      sets.add(open(hadoop, place));
      places.add(Locations.place(hadoop, place));
    }
    Path results = Locations.output(hadoop, "--output", output, places.toArray(Path[]::new));
    String name = new Path(file).getName().replaceFirst("\\.conf$", "");
    Path events =
        tensorboard == null ? null : Locations.output(hadoop, "--tensorboard", tensorboard);
    SweepOutcome outcome;
    boolean[] stopped = new boolean[1];
    try (JavaSparkContext spark = SparkSessions.startComputing("sbp sweep " + name, common);
        SweepDisplay display = new SweepDisplay(common)) {
      SweepListener listener = SweepListener.all(display, new SweepMetrics(spark));
      SweepJob job = new SweepJob(spark, configuration, name, sets, results, listener);
      ComputesOn.tell(job.configuration(), common);
      job.startedBy("sbp " + String.join(" ", words()));
      if (events != null) {
        job.writeEvents(events);
      }
      Optional<Experiment> experiment = mlflow.experiment(System.getenv());
      if (experiment.isPresent()) {
        job.trackBy(experiment.get(), mlflow.patience(spark.getConf()), common::tell);
      }
      Runnable stop =
          () -> {
            common.tell(TrainCommand.ENDING);
            stopped[0] = true;
            job.requestStop();
          };
      try (OutputLease lease = OutputLease.of(hadoop, job.folder(), common);
          StopSignals ignored = StopSignals.handledBy(stop)) {
        StartMode mode = resume ? StartMode.RESUME : StartMode.NEW;
        outcome = job.run(mode, maxTrials, new TrainAgain(retryFailed, forget));
      }
    }
    SweepResult result = new SweepResult(outcome);
    result.report(hadoop, common);
    return (stopped[0] ? ExitCode.INTERRUPTED : result.exitCode()).number();
  }

  private List<String> words() {
    return command.commandLine().getParent().getParseResult().originalArgs();
  }

  private static SweepData open(Configuration hadoop, String place) throws IOException {
    Path folder = Locations.place(hadoop, place);
    DataFolder samples = DataFolder.open(hadoop, folder);
    return new SweepData(
        samples.task().name(),
        folder.toString(),
        samples.manifest().fingerprint(),
        samples.measures());
  }
}
