package org.sparksbp.cli;

import java.util.Map;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jline.utils.Signals;

/**
 * By whose wish the process ends: the program's, a signal's, or else that of Spark, which has exit
 * codes of its own for what it cannot go on from. Those become the program's.
 */
final class ProcessEnd {

  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  /** What the shell adds to a signal's number. */
  static final int BY_SIGNAL = 128;

  /** After all that Spark, Hadoop and the program do at the end. */
  private static final int HOOK_PRIORITY = 1;

  private static volatile boolean isOwnProcess;
  private static volatile boolean isKnown;
  private static boolean isWatched;

  private ProcessEnd() {}

  /** To be told first, by the main method: elsewhere others decide how the process ends. */
  static void ownsProcess() {
    isOwnProcess = true;
    SIGNALS.keySet().forEach(name -> Signals.register(name, () -> exitBySignal(name)));
  }

  /** Begins to watch, when Spark is about to start. */
  static synchronized void watch() {
    if (isOwnProcess && !isWatched) {
      isWatched = true;
      ShutdownHookManager.get().addShutdownHook(ProcessEnd::correct, HOOK_PRIORITY);
    }
  }

  /** Notes that the program ends by itself, unless the end has begun otherwise. */
  static void isProgrammed() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      isKnown = true;
    }
  }

  /** The exit code of a process that a signal has ended. */
  static int code(String signal) {
    return BY_SIGNAL + SIGNALS.get(signal);
  }

  /** As the virtual machine does by itself when it gets the signal. */
  static void exitBySignal(String signal) {
    isKnown = true;
    Runtime.getRuntime().exit(code(signal));
  }

  private static void correct() {
    if (!isKnown) {
      System.err.println("sbp: Cannot go on: Spark has ended the process, for the reason above");
      System.err.flush();
      Runtime.getRuntime().halt(ExitCode.OTHER_FAILURE.number());
    }
  }
}
