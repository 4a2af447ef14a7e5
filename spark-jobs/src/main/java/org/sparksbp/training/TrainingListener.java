package org.sparksbp.training;

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
}
