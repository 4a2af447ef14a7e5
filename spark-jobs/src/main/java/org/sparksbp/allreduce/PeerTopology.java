package org.sparksbp.allreduce;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Where the workers of a rendezvous run, as one of them sees it.
 *
 * @param worker number of this worker
 * @param processes what each worker runs in, by number: those with the same one share its memory
 * @param host address of this machine that the other workers reach
 * @param allGather tells all others something, and this worker what they tell
 * @param killed whether this worker's task is to end
 */
record PeerTopology(
    int worker, List<String> processes, String host, AllGather allGather, BooleanSupplier killed) {

  /** Tells all other workers something, which takes about a second. */
  @FunctionalInterface
  interface AllGather {

    /**
     * Waits until all workers have called it.
     *
     * @return what each has told, by number
     */
    String[] gather(String own);
  }

  boolean isInThisProcess(int peer) {
    return processes.get(peer).equals(processes.get(worker));
  }
}
