package org.sparksbp.sweep.execution;

import java.util.Optional;
import org.sparksbp.sweep.results.TrialSummary;

/** Trials in the order in which they are to be begun; asked by several threads. */
public interface TrialQueue {

  /** How many trials for each core are worth handing over at a time. */
  default int trialsOfACore() {
    return 16;
  }

  /** The next trial; empty if none can be begun now. */
  Optional<TrialRequest> poll();

  /**
   * Waits a while for trials in training to end, which others may follow.
   *
   * @return whether it is worth asking again; false once nothing is in training that was asked for
   *     here
   * @throws InterruptedException if the waiting thread is interrupted
   */
  boolean await() throws InterruptedException;

  /** A trial has ended, or has reached the epochs asked for; the index knows. Quick. */
  void ended(TrialSummary summary);

  /** Whether a trial was held back because enough were given out. */
  boolean limitReached();
}
