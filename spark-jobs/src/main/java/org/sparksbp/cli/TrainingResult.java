package org.sparksbp.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.shard.Manifest;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingOutcome.Ending;
import org.sparksbp.training.TrainingSettings;

/** What came of training, for people and programs. */
record TrainingResult(TrainingOutcome outcome, TrainingSettings settings, Manifest data) {

  /** Prints it and writes {@code summary.json} into the run's folder. */
  int report(Configuration hadoop, Path folder, CommonOptions options) throws IOException {
    boolean interrupted = outcome.ending() == Ending.INTERRUPTED;
    options.out().println(message());
    if (!interrupted) {
      options.out().println("model of the last epoch: " + Locations.shown(outcome.model()));
      options.out().println("model of the best epoch: " + Locations.shown(outcome.bestModel()));
    }
    options.out().println("metrics: " + Locations.shown(outcome.metrics()));
    ResultLine line = line(folder);
    line.write(hadoop, new Path(folder, "summary.json"));
    line.print(options);
    return (interrupted ? ExitCode.INTERRUPTED : ExitCode.DONE).number();
  }

  private String message() {
    return switch (outcome.ending()) {
      case FINISHED -> "trained " + settings.epochs() + " epochs";
      case EARLY_STOPPED ->
          "stopped after epoch "
              + outcome.epochs().size()
              + ": the error has not fallen for "
              + settings.earlyStopping().patience()
              + " epochs";
      case INTERRUPTED -> "interrupted; go on with the same command and --resume";
      case ALREADY_DONE -> "this run is done already, nothing was changed";
    };
  }

  private ResultLine line(Path folder) {
    List<EpochReport> epochs = outcome.epochs();
    ResultLine line =
        new ResultLine("train")
            .with("ending", outcome.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .with("run", outcome.run())
            .with("task", settings.task())
            .with("synthetic", data.synthetic())
            .with("model", settings.model())
            .with("rule", settings.configuration().getString("rule"))
            .with("seed", settings.seed())
            .with("dataFingerprint", data.fingerprint())
            .with("epochs", epochs.size())
            .with("bestEpoch", outcome.bestEpoch());
    if (!epochs.isEmpty()) {
      EpochReport last = epochs.get(epochs.size() - 1);
      line.with("measures", last.measures());
      epochs.stream()
          .filter(epoch -> epoch.epoch() == outcome.bestEpoch())
          .findFirst()
          .ifPresent(best -> line.with("bestMeasures", best.measures()));
      line.with("samplesPerSecond", Math.round(last.samplesPerSecond()));
      line.with("seconds", seconds(epochs));
    }
    return line.with("output", Locations.shown(folder))
        .with("modelFolder", Locations.shown(outcome.model()))
        .with("bestModelFolder", Locations.shown(outcome.bestModel()))
        .with("metrics", Locations.shown(outcome.metrics()));
  }

  private static double seconds(List<EpochReport> epochs) {
    double seconds =
        epochs.stream()
            .mapToDouble(epoch -> epoch.trainingSeconds() + epoch.evaluationSeconds())
            .sum();
    return Math.round(seconds * 1000) / 1000.0;
  }
}
