package org.sparksbp.training;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.sparksbp.evaluation.EvaluationResult;
import org.sparksbp.training.TrainingOutcome.Ending;

/** The epochs and rounds of a run. */
final class TrainingLoop {

  private final EarlyStopping earlyStopping;
  private final Rounds rounds;
  private final Function<float[], EvaluationResult> test;
  private final Records records;
  private final List<TrainingListener> listeners;
  private final BooleanSupplier stopRequested;

  /** What is kept of a run on its way. */
  interface Records {

    /** Some rounds have ended. */
    void stretchEnded() throws IOException;

    /** An epoch has ended; it is the last of the state's reports. */
    void epochEnded(RunState state, EpochReport report) throws IOException;

    /** The run is about to end before its last epoch because a stop was requested. */
    void stopping(RunState state) throws IOException;

    /**
     * Keeps the model of the last whole epoch, when a later one has failed.
     *
     * @return what was kept where, in words
     */
    String keepLastGood(RunState state) throws IOException;
  }

  /**
   * Prepares a loop.
   *
   * @param test measures parameters on the test samples, or gives null without any
   * @param stopRequested asked before every stretch of rounds
   */
  TrainingLoop(
      EarlyStopping earlyStopping,
      Rounds rounds,
      Function<float[], EvaluationResult> test,
      Records records,
      List<TrainingListener> listeners,
      BooleanSupplier stopRequested) {
    this.earlyStopping = earlyStopping;
    this.rounds = rounds;
    this.test = test;
    this.records = records;
    this.listeners = listeners;
    this.stopRequested = stopRequested;
  }

  /** Goes on until the state has that many epochs, or a reason to end before. */
  Ending run(RunState state, int epochs) throws IOException {
    while (state.epochs() < epochs) {
      if (Progress.onPlateau(state.reports(), earlyStopping)) {
        return Ending.EARLY_STOPPED;
      }
      while (state.rounds() < rounds.perEpoch()) {
        if (stopRequested.getAsBoolean()) {
          records.stopping(state);
          return Ending.INTERRUPTED;
        }
        trainStretch(state);
      }
      EpochReport report = state.endEpoch(test.apply(state.parameters()));
      records.epochEnded(state, report);
      listeners.forEach(listener -> listener.epochFinished(report));
    }
    return Ending.FINISHED;
  }

  /** Learns some rounds and tells of them as if they had ended one after the other. */
  private void trainStretch(RunState state) throws IOException {
    Stretch stretch = rounds.run(state.epochs() + 1, state.rounds(), state.parameters());
    for (Stretch.Round round : stretch.rounds()) {
      Divergence.check(round, state, records);
      state.endRound(round);
      RoundReport report = state.roundReport(rounds.perEpoch(), round.seconds());
      listeners.forEach(listener -> listener.roundFinished(report));
    }
    state.goOnFrom(stretch.parameters());
    records.stretchEnded();
  }
}
