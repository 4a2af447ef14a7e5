package org.sparksbp.training;

import org.apache.spark.util.KnownSizeEstimation;
import org.sparksbp.learner.WorkerMemory;

/** A worker's part of a round: what the driver gets, and what stays on the worker. */
final class WorkerResult implements KnownSizeEstimation {

  private static final long OVERHEAD = 1024;
  private static final long OVERHEAD_OF_ENTRY = 120;

  private final RoundSum sum;
  private final WorkerMemory memory;

  WorkerResult(RoundSum sum, WorkerMemory memory) {
    this.sum = sum;
    this.memory = memory;
  }

  RoundSum sum() {
    return sum;
  }

  WorkerMemory memory() {
    return memory;
  }

  /**
   * Bytes for Spark's cache, which would otherwise walk over every entry of the memory, every
   * round.
   */
  @Override
  public long estimatedSize() {
    long each =
        memory.entries().values().stream().findFirst().map(state -> 4L * state.length).orElse(0L);
    return OVERHEAD + memory.entries().size() * (each + OVERHEAD_OF_ENTRY);
  }
}
