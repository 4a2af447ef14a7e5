package org.sparksbp.allreduce;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskKilledException;

/**
 * A queue in memory each way between two workers of one process; values are handed over, not
 * copied.
 */
final class SharedMemoryLink implements PeerLink {

  private static final Map<Direction, BlockingQueue<VectorSlice>> QUEUES =
      new ConcurrentHashMap<>();

  private final Direction in;
  private final Direction out;
  private final BlockingQueue<VectorSlice> incoming;
  private final BlockingQueue<VectorSlice> outgoing;
  private final KillCheck kill;

  /**
   * One end.
   *
   * @param rendezvous secret that the workers of one job, and no others, have in common
   */
  SharedMemoryLink(String rendezvous, int self, int peer, KillCheck kill) {
    this.in = new Direction(rendezvous, peer, self);
    this.out = new Direction(rendezvous, self, peer);
    this.kill = kill;
    this.incoming = QUEUES.computeIfAbsent(in, none -> new LinkedBlockingQueue<>());
    this.outgoing = QUEUES.computeIfAbsent(out, none -> new LinkedBlockingQueue<>());
  }

  @Override
  public void send(VectorSlice slice) {
    outgoing.add(slice);
  }

  @Override
  public VectorSlice receive() {
    try {
      VectorSlice slice = incoming.poll(KillCheck.INTERVAL_MILLISECONDS, TimeUnit.MILLISECONDS);
      while (slice == null) {
        kill.check();
        slice = incoming.poll(KillCheck.INTERVAL_MILLISECONDS, TimeUnit.MILLISECONDS);
      }
      if (slice == VectorSlice.END) {
        throw new PeerLostException("Cannot average: worker " + in.from() + " has ended");
      }
      return slice;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("interrupted while it waited for worker " + in.from());
    }
  }

  @Override
  public void close() {
    outgoing.add(VectorSlice.END);
    QUEUES.remove(in);
    QUEUES.remove(out);
  }
}
