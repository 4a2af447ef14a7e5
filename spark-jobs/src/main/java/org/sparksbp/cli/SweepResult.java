package org.sparksbp.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.sweep.SweepOutcome;

/** What came of a sweep, for people and programs. */
record SweepResult(SweepOutcome outcome) {

  /** Digits of a trial's identity that tell it from others. */
  private static final int SHOWN_OF_A_TRIAL = 12;

  /** Prints it and writes {@code summary.json} beside the tables. */
  void report(Configuration hadoop, CommonOptions options) throws IOException {
    options
        .out()
        .printf(
            Locale.ROOT,
            "sweep %s, %d points, %d trials planned: %d of %d trials have ended: %d done, %d stopped"
                + " early, %d failed; %d trainings by this call%n",
            outcome.name(),
            outcome.points(),
            outcome.planned(),
            outcome.done() + outcome.stopped() + outcome.failed(),
            outcome.trials(),
            outcome.done(),
            outcome.stopped(),
            outcome.failed(),
            outcome.ran());
    outcome.failures().forEach((reason, trials) -> options.out().println(failure(reason, trials)));
    if (outcome.finished() && outcome.ran() == 0) {
      options.out().println("this sweep is done already, nothing was trained");
    }
    if (!outcome.finished()) {
      options.out().println("not finished; go on with the same command");
    }
    if (!outcome.bestTrial().isEmpty()) {
      options
          .out()
          .println(
              "lowest error: "
                  + TrainingDisplay.percent(outcome.bestError())
                  + ", trial "
                  + outcome.bestTrial());
    }
    Path summary = new Path(outcome.folder(), "summary.json");
    ResultLine line = line();
    line.write(hadoop, summary);
    options.out().println("tables: " + Locations.shown(outcome.folder()));
    options.out().println("summary: " + Locations.shown(summary));
    line.print(options);
  }

  private static String failure(String reason, List<String> trials) {
    String one = trials.get(0).substring(0, SHOWN_OF_A_TRIAL);
    return trials.size() == 1
        ? "failed: trial " + one + ": " + reason
        : "failed: " + trials.size() + " trials, such as " + one + ": " + reason;
  }

  /** How the command ends: a sweep without a single trial that could be trained has failed. */
  ExitCode exitCode() {
    boolean allFailed = outcome.failed() > 0 && outcome.failed() == outcome.trials();
    return allFailed ? ExitCode.TRAINING_FAILED : ExitCode.DONE;
  }

  private ResultLine line() {
    return new ResultLine("sweep")
        .with("name", outcome.name())
        .with("finished", outcome.finished())
        .with("points", outcome.points())
        .with("planned", outcome.planned())
        .with("trials", outcome.trials())
        .with("ran", outcome.ran())
        .with("done", outcome.done())
        .with("stopped", outcome.stopped())
        .with("failed", outcome.failed())
        .with("failures", outcome.failures())
        .with("bestError", Double.isFinite(outcome.bestError()) ? outcome.bestError() : null)
        .with("bestTrial", outcome.bestTrial())
        .with("tables", Locations.shown(outcome.folder()));
  }
}
