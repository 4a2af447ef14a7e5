package org.sparksbp.training;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.sparksbp.rounds.RoundBatch;
import org.sparksbp.rounds.RoundEngine;
import org.sparksbp.rounds.RoundSpan;
import org.sparksbp.training.TrainingListener.RoundReport;
import org.sparksbp.training.TrainingOutcome.Ending;

/**
 * The epochs and rounds of a run: the loop that all training goes through, on a cluster or in one
 * thread.
 */
final class TrainingLoop {

  private final EarlyStopping earlyStopping;
  private final int roundsPerEpoch;
  private final RoundEngine engine;
  private final EpochEvaluation evaluation;
  private final Records records;
  private final List<TrainingListener> listeners;
  private final BooleanSupplier stopRequested;

  /** What is kept of a run on its way. */
  interface Records {

    /** Some rounds have ended. */
    void roundsEnded() throws IOException;

    /** An epoch has ended; it is the last of the state's reports. */
    void epochEnded(RunState state, EpochReport report) throws IOException;

    /** The run is about to end before its last epoch because a stop was requested. */
    void stopping(RunState state) throws IOException;

    /** Keeps the model of the last whole epoch, when a later one has failed. */
    KeptModel keepLastGood(RunState state) throws IOException;
  }

  /**
   * Prepares a loop.
   *
   * @param engine runs the rounds
   * @param evaluation measures parameters at the end of an epoch
   * @param stopRequested asked before every batch of rounds
   */
  TrainingLoop(
      EarlyStopping earlyStopping,
      int roundsPerEpoch,
      RoundEngine engine,
      EpochEvaluation evaluation,
      Records records,
      List<TrainingListener> listeners,
      BooleanSupplier stopRequested) {
    this.earlyStopping = earlyStopping;
    this.roundsPerEpoch = roundsPerEpoch;
    this.engine = engine;
    this.evaluation = evaluation;
    this.records = records;
    this.listeners = listeners;
    this.stopRequested = stopRequested;
  }

  /**
   * Goes on until the state has that many epochs, or a reason to end before. What fails after a
   * stop was requested was cancelled for it; the rounds before it count.
   *
   * @throws TrainingFailedException if outputs or parameters are no longer finite
   */
  Ending run(RunState state, int epochs) throws IOException {
    try {
      return goOn(state, epochs);
    } catch (TrainingFailedException e) {
      throw e;
    } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
      if (!stopRequested.getAsBoolean()) {
        throw e;
      }
      records.stopping(state);
      return Ending.INTERRUPTED;
    }
  }

  private Ending goOn(RunState state, int epochs) throws IOException {
    while (state.epochs() < epochs) {
      if (earlyStopping.isDue(state.reports())) {
        return Ending.EARLY_STOPPED;
      }
      while (state.rounds() < roundsPerEpoch) {
        if (stopRequested.getAsBoolean()) {
          records.stopping(state);
          return Ending.INTERRUPTED;
        }
        trainRounds(state);
      }
      EpochReport report = state.endEpoch(evaluation.of(state.parameters()));
      records.epochEnded(state, report);
      listeners.forEach(listener -> listener.epochFinished(report));
    }
    return Ending.FINISHED;
  }

  /** Learns some rounds and tells of them as if they had ended one after the other. */
  private void trainRounds(RunState state) throws IOException {
    int left = roundsPerEpoch - state.rounds();
    RoundSpan rounds = new RoundSpan(state.epochs() + 1, state.rounds(), left);
    RoundBatch batch = engine.run(rounds, state.parameters());
    int sound = batch.rounds().size() - (batch.divergence().isPresent() ? 1 : 0);
    for (RoundBatch.Round round : batch.rounds().subList(0, sound)) {
      state.endRound(round);
      RoundReport report = state.roundReport(roundsPerEpoch, round.seconds());
      listeners.forEach(listener -> listener.roundFinished(report));
    }
    if (batch.divergence().isPresent()) {
      throw new TrainingFailedException(
          batch.divergence().get(),
          state.epochs() + 1,
          state.rounds(),
          records.keepLastGood(state));
    }
    state.goOnFrom(batch.parameters());
    records.roundsEnded();
  }
}
