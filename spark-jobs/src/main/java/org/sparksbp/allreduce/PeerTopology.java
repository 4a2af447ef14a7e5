package org.sparksbp.allreduce;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where the workers of a rendezvous run, as one of them sees it.
 *
 * @param worker number of this worker
 * @param processes what each worker runs in, by number: those with the same one share its memory
 * @param endpoint where this process meets the others; not asked for if there are none
 * @param allGather tells all others something, and this worker what they tell
 * @param killed whether this worker's task is to end
 */
record PeerTopology(
    int worker,
    List<String> processes,
    Supplier<PeerEndpoint> endpoint,
    AllGather allGather,
    BooleanSupplier killed) {

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

  /** Whether this worker's process connects to that of another one, and not the other way round. */
  boolean connectsTo(int peer) {
    return processes.get(worker).compareTo(processes.get(peer)) > 0;
  }
}
