package org.sparksbp.sweep;

import java.io.IOException;
import java.util.Iterator;
import java.util.function.Consumer;

/** Trains trials with Spark. */
interface TrialExecution {

  /** Workers of a trial. */
  int workers();

  /** Trials that can run at the same time. */
  int concurrency();

  /**
   * Trains trials up to the epochs that they are to have.
   *
   * @param orders what to train, as texts; asked for when there is room for more
   * @param ended called with each trial's summary, by one thread at a time; must be quick
   * @param between called now and then, by one thread at a time; may take its time
   */
  void run(Iterator<String> orders, Consumer<TrialSummary> ended, Runnable between)
      throws IOException;

  /** Makes {@link #run} return soon, leaving unfinished trials as they are; from any thread. */
  void stop();
}
