package org.sparksbp.cli;

import org.jline.utils.Signals;

/** While it is open, the first Ctrl-C (or SIGTERM) asks for an end, the next one ends at once. */
final class StopSignals implements AutoCloseable {

  private static final String[] SIGNALS = {"INT", "TERM"};

  private final Object[] earlier = new Object[SIGNALS.length];

  private StopSignals() {}

  /**
   * Starts to handle interruptions.
   *
   * @param stop called on a thread of the virtual machine's
   */
  static StopSignals handledBy(Runnable stop, CommonOptions options) {
    StopSignals interruption = new StopSignals();
    for (int signal = 0; signal < SIGNALS.length; signal++) {
      interruption.earlier[signal] =
          Signals.register(
              SIGNALS[signal],
              () -> {
                for (String name : SIGNALS) {
                  Signals.registerDefault(name);
                }
                options.tell("Ending after these rounds, with a checkpoint ...");
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
