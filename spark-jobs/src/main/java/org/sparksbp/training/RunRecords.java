package org.sparksbp.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checkpoint.Checkpoint;
import org.sparksbp.checkpoint.Checkpoints;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.modelfolder.Provenance;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.training.TrainingOutcome.Ending;

/** Writes what a run leaves: metrics, checkpoints, models. */
final class RunRecords {

  private final RunFolder folder;
  private final TrainingSettings settings;
  private final TrainingData data;
  private final ParameterLayout layout;
  private final Checkpoints checkpoints;
  private Path memoriesBetween;
  private int memoriesWritten;

  RunRecords(RunFolder folder, TrainingSettings settings, TrainingData data, ParameterLayout layout)
      throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.data = data;
    this.layout = layout;
    this.checkpoints = folder.checkpoints();
  }

  /** What is kept while these rounds run. */
  TrainingLoop.Records during(AveragingRounds rounds) {
    return new TrainingLoop.Records() {
      @Override
      public void stretchEnded() throws IOException {
        RunRecords.this.stretchEnded(rounds);
      }

      @Override
      public void epochEnded(RunState state, EpochReport report) throws IOException {
        RunRecords.this.epochEnded(state, report, rounds);
      }

      @Override
      public void stopping(RunState state) throws IOException {
        checkpoint(state, rounds);
      }

      @Override
      public String keepLastGood(RunState state) throws IOException {
        return RunRecords.this.keepLastGood(state);
      }
    };
  }

  /** Bounds what a lost worker memory costs. */
  private void stretchEnded(AveragingRounds rounds) throws IOException {
    if (rounds.memoriesAreDue()) {
      Path target = folder.memories(memoriesWritten++);
      rounds.writeMemories(target);
      goOnFrom(target, rounds);
      memoriesBetween = target;
    }
  }

  /** Records an epoch that is the last of the state's reports. */
  private void epochEnded(RunState state, EpochReport report, AveragingRounds rounds)
      throws IOException {
    folder.appendMetrics(report, data.fingerprint());
    if (Progress.bestEpoch(state.reports()) == report.epoch()) {
      folder.writeModel(folder.bestModel(), model(state.parameters(), report));
    }
    if (settings.checkpointEvery() > 0 && report.epoch() % settings.checkpointEvery() == 0) {
      checkpoint(state, rounds);
    }
  }

  /** Writes a checkpoint and deletes old ones. */
  private void checkpoint(RunState state, AveragingRounds rounds) throws IOException {
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
    Path written = checkpoints.write(checkpoint, rounds.remembers() ? rounds::writeMemories : null);
    if (rounds.remembers()) {
      goOnFrom(written, rounds);
    }
    checkpoints.keep(settings.checkpointsKept());
  }

  /**
   * Writes the model of the last whole epoch, when a later one has failed.
   *
   * @return what was kept where, in words
   */
  private String keepLastGood(RunState state) throws IOException {
    if (state.epochs() == 0) {
      return "no epoch had ended, so no model was kept";
    }
    if (state.epochStart() == null) {
      return "the best model, of epoch "
          + Progress.bestEpoch(state.reports())
          + ", is kept in "
          + folder.bestModel();
    }
    folder.writeModel(folder.model(), model(state.epochStart(), Progress.last(state.reports())));
    return "the model of epoch " + state.epochs() + " is kept in " + folder.model();
  }

  /** Writes the model of a run that has ended, and sums it up. */
  TrainingOutcome finish(Ending ending, RunState state) throws IOException {
    if (ending != Ending.INTERRUPTED) {
      folder.writeModel(folder.model(), model(state.parameters(), Progress.last(state.reports())));
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
        Progress.bestEpoch(state.reports()),
        folder.model(),
        folder.bestModel(),
        folder.metricsFile());
  }

  private void goOnFrom(Path memories, AveragingRounds rounds) throws IOException {
    rounds.continueFromMemories(memories);
    if (memoriesBetween != null) {
      folder.deleteMemories(memoriesBetween);
      memoriesBetween = null;
    }
  }

  private SavedModel model(float[] parameters, EpochReport report) {
    SortedMap<String, Double> metrics = report.measures();
    return new SavedModel(
        settings.model(),
        data.shape(),
        RunIdentity.important(settings.configuration()),
        layout,
        parameters,
        new Provenance(
            folder.run(),
            settings.task(),
            data.fingerprint(),
            settings.seed(),
            SoftwareVersion.current(),
            report.epoch(),
            metrics));
  }
}
