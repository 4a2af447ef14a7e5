package org.sparksbp.recorder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.ParameterLayout.Role;
import org.sparksbp.measure.Classifier;
import org.sparksbp.measure.Measure;
import org.sparksbp.snapshot.Confusion;
import org.sparksbp.snapshot.Histogram;
import org.sparksbp.snapshot.Snapshot;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.worker.LearnerSource;

/** Takes snapshots of a network in the calling thread. Learning knows nothing of it. */
public final class SnapshotRecorder {

  /** Test samples that rates and activities are taken over. */
  static final int SAMPLES = 50;

  /** Samples traced, or inferred, together; the result does not depend on it. */
  private static final int TRACED = 5;

  private static final int INFERRED = 128;

  private final String trial;
  private final LearnerSource learners;
  private final List<Sample> test;
  private final List<Sample> traced;
  private final Optional<Classifier> classifier;

  /**
   * A recorder of one trial.
   *
   * @param test all test samples, in the order of their positions
   * @param measure the task's
   */
  public SnapshotRecorder(
      String trial, LearnerSource learners, List<Sample> test, Measure measure) {
    this.trial = trial;
    this.learners = learners;
    this.test = test;
    this.traced = test.subList(0, Math.min(SAMPLES, test.size()));
    this.classifier = measure.classifier();
  }

  /** What is known before the first snapshot: the samples alone. */
  public TrialSnapshots blank() {
    return test.isEmpty()
        ? new TrialSnapshots(trial, 0, "", -1, 0, null, null, null)
        : new TrialSnapshots(
            trial,
            traced.size(),
            test.get(0).id(),
            test.get(0).label(),
            test.get(0).spikes().steps(),
            null,
            null,
            null);
  }

  /** The network with these parameters. */
  public Snapshot snapshot(int epoch, float[] parameters) {
    return learners.with(
        learner -> {
          learner.setParameters(parameters);
          return snapshot(epoch, learner);
        });
  }

  private Snapshot snapshot(int epoch, Learner learner) {
    List<Histogram> weights = new ArrayList<>();
    float[] values = learner.parameters();
    for (ParameterLayout.Block block : learner.layout().blocks()) {
      if (block.role() == Role.WEIGHT) {
        weights.add(Histogram.of(block.name(), values, block.offset(), block.size()));
      }
    }
    if (traced.isEmpty()) {
      return Snapshot.ofWeights(epoch, weights);
    }
    Optional<ActivityTrace> one = learner.trace(new SpikeBatch(test.subList(0, 1)));
    if (one.isEmpty()) {
      return Snapshot.ofWeights(epoch, weights);
    }
    ActivityStatistics statistics = new ActivityStatistics();
    for (int from = 0; from < traced.size(); from += TRACED) {
      List<Sample> some = traced.subList(from, Math.min(from + TRACED, traced.size()));
      statistics.add(learner.trace(new SpikeBatch(some)).orElseThrow(), some.size());
    }
    SampleView view = new SampleView(test.get(0), one.get());
    return new Snapshot(
        epoch,
        weights,
        statistics.rates(),
        statistics.activities(),
        statistics.settled(),
        view.rasters(),
        view.maps());
  }

  /** What the network answers to all test samples; null where the task has no exclusive classes. */
  public Confusion confusion(int epoch, float[] parameters) {
    if (classifier.isEmpty() || test.isEmpty()) {
      return null;
    }
    int classes = classifier.get().classes().size();
    Confusion confusion =
        new Confusion(
            epoch, classifier.get().classes(), new long[classes][classes], new long[classes]);
    return learners.with(
        learner -> {
          learner.setParameters(parameters);
          for (int from = 0; from < test.size(); from += INFERRED) {
            SpikeBatch batch =
                new SpikeBatch(test.subList(from, Math.min(from + INFERRED, test.size())));
            count(batch, learner.infer(batch).outputs(), confusion);
          }
          return confusion;
        });
  }

  private void count(SpikeBatch batch, float[] outputs, Confusion confusion) {
    for (int row = 0; row < batch.size(); row++) {
      int truth = classifier.get().truth(batch.samples().get(row));
      int answer = classifier.get().answer(outputs, row * batch.outputs());
      if (truth >= 0 && answer >= 0) {
        confusion.counts()[truth][answer]++;
      } else if (truth >= 0) {
        confusion.unanswered()[truth]++;
      }
    }
  }
}
