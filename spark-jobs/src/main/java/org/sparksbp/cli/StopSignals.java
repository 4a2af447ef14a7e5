package org.sparksbp.cli;

import org.jline.utils.Signals;

/** While it is open, the first Ctrl-C (or SIGTERM) asks for an end, the next one ends at once. */
final class StopSignals implements AutoCloseable {

  private static final String[] SIGNALS = {"INT", "TERM"};

  private final Object[] earlier = new Object[SIGNALS.length];
  private volatile String received;

  private StopSignals() {}

  /**
   * Starts to handle interruptions.
   *
   * @param stop called on a thread of the virtual machine's
   */
  static StopSignals handledBy(Runnable stop) {
    StopSignals interruption = new StopSignals();
    for (int signal = 0; signal < SIGNALS.length; signal++) {
      String own = SIGNALS[signal];
      interruption.earlier[signal] =
          Signals.register(
              own,
              () -> {
                for (String name : SIGNALS) {
                  Signals.register(name, () -> ProcessEnd.exitBySignal(name));
                }
                interruption.received = own;
                stop.run();
              });
    }
    return interruption;
  }

  /** Whether an end was asked for. */
  boolean isStopped() {
    return received != null;
  }

  /** The exit code of a command that has not done what it was to do, because of the signal. */
  int exitCode() {
    return ProcessEnd.code(received);
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
