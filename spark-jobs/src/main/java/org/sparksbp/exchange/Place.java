package org.sparksbp.exchange;

import java.util.function.BooleanSupplier;

/**
 * Where a worker is, and how it first hears of the others.
 *
 * @param worker number of the worker
 * @param process that it runs in: workers with the same one share its memory
 * @param host address of this machine that the other workers reach
 * @param announcement gives what every worker has to say, by number, for what this one has to say;
 *     waits for all of them
 * @param killed whether the worker's task is to end
 */
record Place(
    int worker, String process, String host, Announcement announcement, BooleanSupplier killed) {

  /** Says something to all other workers. */
  @FunctionalInterface
  interface Announcement {
    String[] exchange(String own);
  }
}
