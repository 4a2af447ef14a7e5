package org.sparksbp.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.shard.Manifest;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.Selection;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingOutcome.Ending;
import org.sparksbp.training.TrainingSettings;

/** What came of training, for people and programs. */
record TrainingResult(TrainingOutcome outcome, TrainingSettings settings, Manifest data) {

  /** Prints it and writes {@code summary.json} into the run's folder. */
  int report(Configuration hadoop, Path folder, CommonOptions options) throws IOException {
    Path summary = new Path(folder, "summary.json");
    ResultLine line = line(folder);
    line.write(hadoop, summary);
    PrintWriter out = options.out();
    out.println(message());
    if (!outcome.epochs().isEmpty()) {
      out.print(measures());
      best()
          .ifPresent(best -> out.println("best by the " + samplesOf(best.selectedOn()) + " error"));
      out.printf(
          Locale.ROOT,
          "%.1f s in all, %,d samples/s in the last epoch%n",
          seconds(),
          samplesPerSecond());
    }
    out.println("run: " + outcome.run());
    out.println(
        (data.synthetic() ? "fingerprint of its synthetic data: " : "fingerprint of its data: ")
            + data.fingerprint());
    boolean interrupted = outcome.ending() == Ending.INTERRUPTED;
    if (!interrupted) {
      out.println("model of the last epoch: " + Locations.shown(outcome.model()));
      out.println("model of the best epoch: " + Locations.shown(outcome.bestModel()));
    }
    out.println("metrics: " + Locations.shown(outcome.metrics()));
    out.println("summary: " + Locations.shown(summary));
    line.print(options);
    return (interrupted ? ExitCode.INTERRUPTED : ExitCode.DONE).number();
  }

  /** All measures of the last epoch and of the best one. */
  private TextTable measures() {
    EpochReport last = last();
    Optional<EpochReport> best = best();
    TextTable table =
        new TextTable(
            "measure",
            "epoch " + last.epoch() + " (last)",
            best.map(epoch -> "epoch " + epoch.epoch() + " (best)").orElse(""));
    last.measures()
        .forEach(
            (name, value) ->
                table.row(
                    name,
                    TrainingDisplay.percent(value),
                    best.map(epoch -> TrainingDisplay.percent(epoch.measures().get(name)))
                        .orElse("")));
    return table;
  }

  private static String samplesOf(Selection selection) {
    return switch (selection) {
      case TRAIN -> "training";
      case VALIDATION -> "validation";
      case TEST -> "test";
    };
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
            .with("ending", CheckedSettings.nameOf(outcome.ending()))
            .with("run", outcome.run())
            .with("task", settings.task())
            .with("synthetic", data.synthetic())
            .with("model", settings.model())
            .with("rule", settings.configuration().getString("rule"))
            .with("device", ComputesOn.name(settings.configuration()))
            .with("seed", settings.seed())
            .with("dataFingerprint", data.fingerprint())
            .with("epochs", epochs.size())
            .with("bestEpoch", outcome.bestEpoch());
    if (!epochs.isEmpty()) {
      line.with("selectedOn", last().selectedOn().key());
      line.with("measures", last().measures());
      best().ifPresent(best -> line.with("bestMeasures", best.measures()));
      line.with("samplesPerSecond", samplesPerSecond());
      line.with("seconds", seconds());
    }
    return line.with("output", Locations.shown(folder))
        .with("modelFolder", Locations.shown(outcome.model()))
        .with("bestModelFolder", Locations.shown(outcome.bestModel()))
        .with("metrics", Locations.shown(outcome.metrics()));
  }

  private EpochReport last() {
    return outcome.epochs().get(outcome.epochs().size() - 1);
  }

  private Optional<EpochReport> best() {
    return outcome.epochs().stream()
        .filter(epoch -> epoch.epoch() == outcome.bestEpoch())
        .findFirst();
  }

  private long samplesPerSecond() {
    return Math.round(last().samplesPerSecond());
  }

  /** To the millisecond. */
  private double seconds() {
    double seconds =
        outcome.epochs().stream()
            .mapToDouble(epoch -> epoch.trainingSeconds() + epoch.evaluationSeconds())
            .sum();
    return Math.round(seconds * 1000) / 1000.0;
  }
}
