package org.sparksbp.sweep;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.measure.Measure;
import org.sparksbp.recorder.SnapshotRecorder;
import org.sparksbp.snapshot.Snapshot;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.spike.Sample;
import org.sparksbp.worker.LearnerSource;

/**
 * The portrait of a trial, in {@code portraits/ID.json} from its first epoch on. A portrait that
 * cannot be taken is left out with a warning: it never makes a trial fail.
 */
final class TrialSnapshotRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(TrialSnapshotRecorder.class);

  private final ResultsFolder results;
  private final String id;
  private final SnapshotRecorder portraitist;

  TrialSnapshotRecorder(
      ResultsFolder results,
      String id,
      LearnerSource learners,
      List<Sample> test,
      Measure measure) {
    this.results = results;
    this.id = id;
    this.portraitist = new SnapshotRecorder(id, learners, test, measure);
  }

  /** After the first epoch; takes the place of what an earlier start of the trial has left. */
  void first(float[] parameters) throws IOException {
    take(
        () -> portraitist.blank().withFirst(portraitist.snapshot(1, parameters)),
        "after its first epoch");
  }

  /**
   * After the last epoch so far.
   *
   * @param epoch its number, from 1
   */
  void last(int epoch, float[] parameters) throws IOException {
    TrialSnapshots found = results.portrait(id).orElseGet(portraitist::blank);
    take(
        () -> {
          Snapshot first = found.first();
          Snapshot last =
              first != null && first.epoch() == epoch
                  ? first
                  : portraitist.snapshot(epoch, parameters);
          return found.withLast(last, portraitist.confusion(epoch, parameters));
        },
        "after epoch " + epoch);
  }

  private void take(Supplier<TrialSnapshots> portrait, String when) throws IOException {
    try {
      results.write(portrait.get());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("No portrait of trial {} {}", id, when, e);
    }
  }
}
