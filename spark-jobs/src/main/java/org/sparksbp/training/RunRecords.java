package org.sparksbp.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.checkpoint.Checkpoint;
import org.sparksbp.checkpoint.Checkpoints;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.rounds.WorkerMemories;
import org.sparksbp.training.TrainingOutcome.Ending;

/** Writes what a run leaves: metrics, checkpoints, models. */
final class RunRecords {

  private static final Logger LOG = LoggerFactory.getLogger(RunRecords.class);

  private final RunFolder folder;
  private final TrainingSettings settings;
  private final TrainingData data;
  private final RunModel model;
  private final Checkpoints checkpoints;
  private Path memoriesBetween;
  private int memoriesWritten;

  RunRecords(RunFolder folder, TrainingSettings settings, TrainingData data, ParameterLayout layout)
      throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.data = data;
    this.model = new RunModel(folder.run(), settings, data.fingerprint(), data.shape(), layout);
    this.checkpoints = folder.checkpoints();
  }

  /** What is kept while rounds leave memories on the workers. */
  TrainingLoop.Records with(WorkerMemories memories) {
    return new TrainingLoop.Records() {
      @Override
      public void roundsEnded() throws IOException {
        boundLineage(memories);
      }

      @Override
      public void epochEnded(RunState state, EpochReport report) throws IOException {
        RunRecords.this.epochEnded(state, report, memories);
      }

      @Override
      public void stopping(RunState state) throws IOException {
        try {
          checkpoint(state, memories);
        } catch (RuntimeException e) {
          LOG.warn("No checkpoint of the last rounds: the newest one before counts", e);
        }
      }

      @Override
      public KeptModel keepLastGood(RunState state) throws IOException {
        return RunRecords.this.keepLastGood(state);
      }
    };
  }

  /** Bounds what a lost worker memory costs. */
  private void boundLineage(WorkerMemories memories) throws IOException {
    if (memories.needFiles()) {
      Path target = folder.memories(memoriesWritten++);
      memories.write(target);
      goOnFrom(target, memories);
      memoriesBetween = target;
    }
  }

  /** Records an epoch that is the last of the state's reports. */
  private void epochEnded(RunState state, EpochReport report, WorkerMemories memories)
      throws IOException {
    folder.appendMetrics(report, data.fingerprint());
    if (state.bestEpoch() == report.epoch()) {
      folder.writeModel(folder.bestModel(), model.after(report, state.parameters()));
    }
    if (settings.checkpointEvery() > 0 && report.epoch() % settings.checkpointEvery() == 0) {
      checkpoint(state, memories);
    }
  }

  /** Writes a checkpoint and deletes old ones. */
  private void checkpoint(RunState state, WorkerMemories memories) throws IOException {
    List<JsonNode> lines =
        state.reports().stream()
            .map(report -> (JsonNode) folder.line(report, data.fingerprint()))
            .toList();
    Checkpoint checkpoint =
        new Checkpoint(
            folder.run(),
            state.epochs(),
            state.rounds(),
            state.parameters(),
            lines,
            state.partialEpoch(),
            null);
    Path written = checkpoints.write(checkpoint, memories.areKept() ? memories::write : null);
    if (memories.areKept()) {
      goOnFrom(written, memories);
    }
    checkpoints.keep(settings.checkpointsKept());
  }

  /** Writes the model of the last whole epoch, when a later one has failed. */
  private KeptModel keepLastGood(RunState state) throws IOException {
    if (state.epochs() == 0) {
      return KeptModel.NO_EPOCH;
    }
    if (state.epochStart().isEmpty()) {
      return KeptModel.best(state.bestEpoch(), folder.bestModel());
    }
    folder.writeModel(folder.model(), model.after(state.lastReport(), state.epochStart().get()));
    return KeptModel.last(state.epochs(), folder.model());
  }

  /** Writes the model of a run that has ended, and sums it up. */
  TrainingOutcome finish(Ending ending, RunState state) throws IOException {
    if (ending != Ending.INTERRUPTED) {
      folder.writeModel(folder.model(), model.after(state.lastReport(), state.parameters()));
      folder.finish();
    }
    if (memoriesBetween != null) {
      folder.deleteMemories(memoriesBetween.getParent());
    }
    return outcome(ending, state);
  }

  TrainingOutcome outcome(Ending ending, RunState state) {
    return new TrainingOutcome(
        ending,
        folder.run(),
        state.reports(),
        state.bestEpoch(),
        folder.model(),
        folder.bestModel(),
        folder.metricsFile());
  }

  private void goOnFrom(Path files, WorkerMemories memories) throws IOException {
    memories.readFrom(files);
    if (memoriesBetween != null) {
      folder.deleteMemories(memoriesBetween);
      memoriesBetween = null;
    }
  }
}
