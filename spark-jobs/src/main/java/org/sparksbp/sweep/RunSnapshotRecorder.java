package org.sparksbp.sweep;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checkpoint.Checkpoint;
import org.sparksbp.checkpoint.Checkpoints;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.Split;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingOutcome.Ending;
import org.sparksbp.worker.LearnerSource;

/** The portrait of a trial that is trained by all of Spark, from what its run leaves. */
final class RunSnapshotRecorder {

  private final ResultsFolder results;
  private final Path run;
  private final TrialSnapshotRecorder portrait;

  /**
   * A portrait to be taken on the driver.
   *
   * @param run folder of the trial's run
   */
  RunSnapshotRecorder(ResultsFolder results, TrialOrder order, SweepData source, Path run)
      throws IOException {
    this.results = results;
    this.run = run;
    ExecutorSamples samples = ExecutorSamples.of(results.hadoop(), source);
    List<Sample> test =
        samples.first(Split.TEST, order.configuration().getLong("evaluation.limit"));
    this.portrait =
        new TrialSnapshotRecorder(
            results,
            order.id(),
            LearnerSource.of(order.configuration(), samples.shape()),
            test,
            source.measures().newMeasure());
  }

  /** Takes the first epoch, if the run has just ended it. */
  void first(TrainingOutcome outcome) throws IOException {
    Optional<float[]> parameters = parameters(outcome);
    if (outcome.epochs().size() == 1 && parameters.isPresent()) {
      portrait.first(parameters.get());
    }
  }

  /** Takes the last epoch, unless the run was stopped inside of one. */
  void last(TrainingOutcome outcome) throws IOException {
    Optional<float[]> parameters = parameters(outcome);
    if (parameters.isPresent()) {
      portrait.last(outcome.epochs().size(), parameters.get());
    }
  }

  private Optional<float[]> parameters(TrainingOutcome outcome) throws IOException {
    if (outcome.ending() != Ending.INTERRUPTED) {
      return Optional.of(ModelFiles.read(results.hadoop(), outcome.model()).parameters());
    }
    return new Checkpoints(results.hadoop(), new Path(run, "checkpoints"))
        .newest()
        .filter(checkpoint -> checkpoint.rounds() == 0)
        .map(Checkpoint::parameters);
  }
}
