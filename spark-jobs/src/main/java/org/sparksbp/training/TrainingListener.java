package org.sparksbp.training;

import java.util.List;
import org.sparksbp.learner.NetworkShape;

/**
 * Follows a run from the driver: a progress bar, say. Called from the training thread, in order; an
 * exception ends the run.
 */
public interface TrainingListener {

  /** The run begins or goes on. */
  default void started(RunStart start) {}

  /** An averaging round has ended. */
  default void roundFinished(RoundReport round) {}

  /** An epoch has ended and is in {@code metrics.jsonl}. */
  default void epochFinished(EpochReport epoch) {}

  /** The run has ended, other than by an exception. */
  default void finished(TrainingOutcome outcome) {}

  /**
   * A run that begins or goes on.
   *
   * @param run identity of the run, hexadecimal
   * @param settings its settings, the number of workers decided
   * @param shape what the data prescribes
   * @param parameterCount length of the model's flat vector
   * @param trainSamples samples learned an epoch
   * @param validationSamples samples to choose by, measured after an epoch
   * @param testSamples samples tested after an epoch
   * @param selection whose error is chosen by
   * @param earlier reports of the epochs that have ended before; none unless resumed
   * @param firstEpoch the epoch it begins with, from 1; later than 1 when resumed
   * @param firstRound the round in that epoch it begins with, from 0
   */
  record RunStart(
      String run,
      TrainingSettings settings,
      NetworkShape shape,
      int parameterCount,
      long trainSamples,
      long validationSamples,
      long testSamples,
      Selection selection,
      List<EpochReport> earlier,
      int firstEpoch,
      int firstRound) {

    public RunStart {
      earlier = List.copyOf(earlier);
    }
  }

  /**
   * An averaging round that has ended.
   *
   * @param epoch from 1
   * @param round in the epoch, from 0
   * @param rounds rounds of an epoch
   * @param epochSamples samples learned in the epoch so far
   * @param trainError running error over these, from 0 to 1
   * @param seconds that the round took
   */
  record RoundReport(
      int epoch, int round, int rounds, long epochSamples, double trainError, double seconds) {}
}
