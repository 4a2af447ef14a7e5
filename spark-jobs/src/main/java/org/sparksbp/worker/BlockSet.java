package org.sparksbp.worker;

import java.io.Serializable;
import java.util.TreeSet;

/**
 * Blocks that the driver wants held, as every process that holds some of them knows them.
 *
 * @param number of the set, one of a driver's
 * @param oldest number of the oldest set that was still in use when this one was made; what a
 *     process holds of earlier ones it can let go
 */
record BlockSet(long number, long oldest) implements Serializable {

  private static final TreeSet<Long> IN_USE = new TreeSet<>();
  private static long latest;

  /** A new set, on the driver. */
  static BlockSet create() {
    synchronized (IN_USE) {
      latest++;
      IN_USE.add(latest);
      return new BlockSet(latest, IN_USE.first());
    }
  }

  /** What this process has of it. */
  ResidentBlocks here() {
    return ResidentBlocks.of(this);
  }

  /** No job that uses it will begin any more, on the driver. */
  void close() {
    synchronized (IN_USE) {
      IN_USE.remove(number);
    }
    ResidentBlocks.release(number);
  }
}
