package org.sparksbp.sweep;

import com.typesafe.config.Config;

/** Why trials end before their last epoch, in words. */
final class Reasons {

  private Reasons() {}

  static String plateau(Config configuration) {
    return "plateau: the error has not fallen for "
        + configuration.getInt("training.early-stopping.patience")
        + " epochs";
  }

  static String rung(int epochs) {
    return "successive halving: left behind at the rung of " + epochs + " epochs";
  }

  /** What a trial's own failure says. */
  static String of(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      return "Cannot train: the memory of a process is too small for this trial";
    }
    String message = thrown.getMessage();
    String first = message == null ? "" : message.lines().findFirst().orElse("");
    return first.isEmpty() ? thrown.getClass().getSimpleName() : first;
  }
}
