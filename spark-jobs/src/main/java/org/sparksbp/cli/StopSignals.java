package org.sparksbp.cli;

import org.jline.utils.Signals;

/** While it is open, the first Ctrl-C (or SIGTERM) asks for an end, the next one ends at once. */
final class StopSignals implements AutoCloseable {

  /** The answer of what trains. */
  static final String AFTER_THESE_ROUNDS = "Ending after these rounds, with a checkpoint ...";

  private static final String[] SIGNALS = {"INT", "TERM"};

  private final Object[] earlier = new Object[SIGNALS.length];

  private StopSignals() {}

  /**
   * Starts to handle interruptions.
   *
   * @param stop called on a thread of the virtual machine's
   * @param answer what the user is told then
   */
  static StopSignals handledBy(Runnable stop, String answer, CommonOptions options) {
    StopSignals interruption = new StopSignals();
    for (int signal = 0; signal < SIGNALS.length; signal++) {
      interruption.earlier[signal] =
          Signals.register(
              SIGNALS[signal],
              () -> {
                for (String name : SIGNALS) {
                  Signals.registerDefault(name);
                }
                options.tell(answer);
                stop.run();
              });
    }
    return interruption;
  }

  @Override
  public void close() {
    for (int signal = 0; signal < SIGNALS.length; signal++) {
      if (earlier[signal] != null) {
        Signals.unregister(SIGNALS[signal], earlier[signal]);
      }
    }
  }
}
