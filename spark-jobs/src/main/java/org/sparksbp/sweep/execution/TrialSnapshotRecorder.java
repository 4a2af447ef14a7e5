package org.sparksbp.sweep.execution;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.recorder.SnapshotRecorder;
import org.sparksbp.snapshot.Snapshot;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.task.Split;
import org.sparksbp.worker.LearnerSource;

/**
 * Keeps the snapshots of a trial's network in {@code snapshots/ID.json} from its first epoch on.
 * One that cannot be taken is left out with a warning: it never makes a trial fail.
 */
final class TrialSnapshotRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(TrialSnapshotRecorder.class);

  private final ResultsFolder results;
  private final String id;
  private final SnapshotRecorder recorder;

  /**
   * A recorder for one trial, in the process that calls it.
   *
   * @param data of the trial's task
   */
  TrialSnapshotRecorder(ResultsFolder results, TrialRequest request, SweepData data)
      throws IOException {
    Config configuration = request.configuration();
    ExecutorSamples samples = ExecutorSamples.of(results.hadoop(), data);
    this.results = results;
    this.id = request.id();
    this.recorder =
        new SnapshotRecorder(
            id,
            LearnerSource.of(configuration, samples.shape()),
            samples.first(Split.TEST, configuration.getLong("evaluation.limit")),
            data.measures().newMeasure());
  }

  /** After the first epoch; takes the place of what an earlier start of the trial has left. */
  void first(float[] parameters) throws IOException {
    write(
        () -> recorder.blank().withFirst(recorder.snapshot(1, parameters)),
        "after its first epoch");
  }

  /**
   * After the last epoch so far.
   *
   * @param epoch its number, from 1
   */
  void last(int epoch, float[] parameters) throws IOException {
    TrialSnapshots found = results.snapshots(id).orElseGet(recorder::blank);
    write(
        () -> {
          Snapshot first = found.first();
          Snapshot last =
              first != null && first.epoch() == epoch
                  ? first
                  : recorder.snapshot(epoch, parameters);
          return found.withLast(last, recorder.confusion(epoch, parameters));
        },
        "after epoch " + epoch);
  }

  private void write(Supplier<TrialSnapshots> snapshots, String when) throws IOException {
    try {
      results.write(snapshots.get());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("No snapshot of trial {} {}", id, when, e);
    }
  }
}
