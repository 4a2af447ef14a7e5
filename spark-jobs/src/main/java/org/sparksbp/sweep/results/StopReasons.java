package org.sparksbp.sweep.results;

import com.typesafe.config.Config;

/** Why trials end before their last epoch, in words. */
public final class StopReasons {

  private StopReasons() {}

  /** The error has not fallen for as long as the run's settings allow. */
  public static String plateau(Config configuration) {
    return "plateau: the error has not fallen for "
        + configuration.getInt("training.early-stopping.patience")
        + " epochs";
  }

  static String rung(int epochs) {
    return "successive halving: left behind at the rung of " + epochs + " epochs";
  }

  /** What a trial's own failure says. */
  public static String failure(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      return "Cannot train: the memory of a process is too small for this trial";
    }
    String message = thrown.getMessage();
    String first = message == null ? "" : message.lines().findFirst().orElse("");
    return first.isEmpty() ? thrown.getClass().getSimpleName() : first;
  }
}
