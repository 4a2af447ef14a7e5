package org.sparksbp.cli;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.sparksbp.sweep.SweepListener;
import org.sparksbp.sweep.SweepProgress;

/** Shows a sweep as it goes. */
final class SweepDisplay implements SweepListener, AutoCloseable {

  private final CommonOptions options;
  private final Progress progress;

  SweepDisplay(CommonOptions options) {
    this.options = options;
    this.progress = options.progress("trials");
  }

  @Override
  public void damaged(List<Path> records) {
    records.forEach(
        record ->
            options
                .err()
                .println("set aside, for it is no record of a trial: " + Locations.shown(record)));
  }

  @Override
  public void started(SweepProgress sweep) {
    show(sweep);
  }

  @Override
  public void trialEnded(SweepProgress sweep) {
    show(sweep);
  }

  private void show(SweepProgress sweep) {
    progress.at("sweep " + sweep.name(), sweep.done(), sweep.trials(), note(sweep));
  }

  private static String note(SweepProgress sweep) {
    StringBuilder note = new StringBuilder();
    note.append(sweep.running()).append(" running, ").append(sweep.failed()).append(" failed");
    if (Double.isFinite(sweep.bestError())) {
      note.append(", best error ").append(TrainingDisplay.percent(sweep.bestError()));
    }
    return note.toString();
  }

  @Override
  public void close() {
    progress.close();
  }
}
