package org.sparksbp.rounds;

import org.apache.spark.util.KnownSizeEstimation;
import org.sparksbp.averaging.ParameterSum;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.measure.Measure;
import org.sparksbp.worker.Tally;

/**
 * What a worker has of a round that it has learned.
 *
 * @param parameters the flat vector; empty if it has learned none
 * @param samples that went into the parameters
 * @param tally how its samples were answered, each before it was learned
 * @param divergence what is no longer finite of its outputs, or null
 * @param memory what it keeps, which never leaves the worker
 */
record WorkerResult(
    float[] parameters, long samples, Tally tally, Divergence divergence, WorkerMemory memory)
    implements KnownSizeEstimation {

  private static final float[] NONE = new float[0];
  private static final long OVERHEAD = 1024;
  private static final long OVERHEAD_OF_ENTRY = 120;

  /** Of a worker without samples in the round. */
  static WorkerResult idle(Measure empty, WorkerMemory memory) {
    return answered(Tally.of(empty, Work.NONE), null, memory);
  }

  /** Of a worker that has no parameters to average. */
  static WorkerResult answered(Tally tally, Divergence divergence, WorkerMemory memory) {
    return new WorkerResult(NONE, 0, tally, divergence, memory);
  }

  /** What leaves the worker. */
  RoundSum sum() {
    return RoundSum.of(
        samples == 0 ? ParameterSum.NOTHING : ParameterSum.of(parameters, samples), this);
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
