package org.sparksbp.allreduce;

import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;

/** Lets a task that waits for another worker notice that Spark has killed it. */
final class KillCheck {

  /** Milliseconds between two checks of a task that waits. */
  static final int INTERVAL_MILLISECONDS = 100;

  private final BooleanSupplier killed;

  /**
   * A check of one task.
   *
   * @param killed whether the task is to end
   */
  KillCheck(BooleanSupplier killed) {
    this.killed = killed;
  }

  /**
   * Ends the task if it is to end.
   *
   * @throws TaskKilledException if the task was killed
   */
  void check() {
    if (killed.getAsBoolean()) {
      throw new TaskKilledException("killed while it waited for another worker");
    }
  }
}
