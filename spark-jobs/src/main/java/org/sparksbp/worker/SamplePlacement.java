package org.sparksbp.worker;

import org.apache.spark.Partitioner;

/** Which worker the sample at a position belongs to, and which one of the worker's it is. */
abstract class SamplePlacement extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int workers;
  private final long count;

  /** For the samples at the positions below a count. */
  private SamplePlacement(int workers, long count) {
    this.workers = workers;
    this.count = count;
  }

  /** In turn: position p goes to worker {@code p % workers}. */
  static SamplePlacement dealt(long count, int workers) {
    return new Dealt(workers, count);
  }

  /** Runs of neighbours, their number a matter of the count alone. */
  static SamplePlacement cut(long count) {
    return Cut.of(count);
  }

  @Override
  public int numPartitions() {
    return workers;
  }

  @Override
  public int getPartition(Object worker) {
    return (Integer) worker;
  }

  long count() {
    return count;
  }

  /** Number of the worker that gets a position. */
  abstract int worker(long position);

  /** Where the worker has a position's sample. */
  abstract long index(long position);

  /** Samples that a worker gets. */
  abstract long size(int worker);

  /** Samples that a worker gets when {@code count} are dealt out in turn. */
  static long dealtSize(int worker, long count, int workers) {
    return Math.max(0, (count - worker + workers - 1) / workers);
  }

  private static final class Dealt extends SamplePlacement {
    private static final long serialVersionUID = 1L;

    Dealt(int workers, long count) {
      super(workers, count);
    }

    @Override
    int worker(long position) {
      return (int) (position % numPartitions());
    }

    @Override
    long index(long position) {
      return position / numPartitions();
    }

    @Override
    long size(int worker) {
      return dealtSize(worker, count(), numPartitions());
    }
  }

  private static final class Cut extends SamplePlacement {
    private static final long serialVersionUID = 1L;

    /** Samples of a run: as many as give work to some executors, and no more than take a moment. */
    private static final long FEWEST = 256;

    private static final long MOST = 1024;
    private static final long ENOUGH_RUNS = 32;

    private final long length;

    private Cut(int runs, long count, long length) {
      super(runs, count);
      this.length = length;
    }

    static Cut of(long count) {
      long length = Math.min(MOST, Math.max(FEWEST, (count + ENOUGH_RUNS - 1) / ENOUGH_RUNS));
      long runs = Math.max(1, (count + length - 1) / length);
      return new Cut(Math.toIntExact(runs), count, length);
    }

    @Override
    int worker(long position) {
      return (int) (position / length);
    }

    @Override
    long index(long position) {
      return position % length;
    }

    @Override
    long size(int worker) {
      return Math.max(0, Math.min(length, count() - worker * length));
    }
  }
}
