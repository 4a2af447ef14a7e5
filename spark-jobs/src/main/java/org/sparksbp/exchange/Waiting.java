package org.sparksbp.exchange;

import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;

/** Lets a task that waits for another worker notice that it should end. */
final class Waiting {

  /** Milliseconds between two looks. */
  static final int LOOK = 100;

  private final BooleanSupplier killed;

  /**
   * @param killed whether the waiting task is to end
   */
  Waiting(BooleanSupplier killed) {
    this.killed = killed;
  }

  /**
   * Looks.
   *
   * @throws TaskKilledException if the task is to end
   */
  void look() {
    if (killed.getAsBoolean()) {
      throw new TaskKilledException("killed while it waited for another worker");
    }
  }
}
