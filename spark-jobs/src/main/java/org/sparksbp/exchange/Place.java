package org.sparksbp.exchange;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Where the workers of a meeting are.
 *
 * @param worker number of this worker
 * @param processes what each worker runs in, by number: those with the same one share its memory
 * @param host address of this machine that the other workers reach
 * @param announcement tells all others something, and this worker what they tell
 * @param killed whether this worker's task is to end
 */
record Place(
    int worker,
    List<String> processes,
    String host,
    Announcement announcement,
    BooleanSupplier killed) {

  /** Says something to all other workers, which takes about a second. */
  @FunctionalInterface
  interface Announcement {

    /**
     * Waits until all workers have called it.
     *
     * @return what each has to say, by number
     */
    String[] exchange(String own);
  }

  /** The process of this worker. */
  String process() {
    return processes.get(worker);
  }

  boolean isHere(int peer) {
    return processes.get(peer).equals(process());
  }
}
