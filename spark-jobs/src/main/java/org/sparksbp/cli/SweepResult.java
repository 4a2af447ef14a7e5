package org.sparksbp.cli;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.sweep.SweepOutcome;

/** What came of a sweep, for people and programs. */
record SweepResult(SweepOutcome outcome) {

  /** Prints it and writes {@code summary.json} beside the tables. */
  void report(Configuration hadoop, CommonOptions options) throws IOException {
    options
        .out()
        .printf(
            Locale.ROOT,
            "sweep %s, %d points, %d trials planned: %d of %d trials have ended: %d done, %d stopped"
                + " early, %d failed; %d trained by this call%n",
            outcome.name(),
            outcome.points(),
            outcome.planned(),
            outcome.done() + outcome.stopped() + outcome.failed(),
            outcome.trials(),
            outcome.done(),
            outcome.stopped(),
            outcome.failed(),
            outcome.ran());
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
        .with("bestError", Double.isFinite(outcome.bestError()) ? outcome.bestError() : null)
        .with("bestTrial", outcome.bestTrial())
        .with("tables", Locations.shown(outcome.folder()));
  }
}
