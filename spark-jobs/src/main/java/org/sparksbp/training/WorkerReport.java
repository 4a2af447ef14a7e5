package org.sparksbp.training;

import java.io.Serializable;
import org.sparksbp.learner.Work;
import org.sparksbp.measure.Measure;
import org.sparksbp.worker.MeasureBytes;

/** What a worker tells about its part of a round, beside its parameters. */
final class WorkerReport implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int worker;
  private final byte[] measure;
  private final long multiplyAccumulates;
  private final long synapticOperations;
  private final long spikes;
  private final String divergence;
  private final boolean remembers;

  /**
   * A report.
   *
   * @param divergence what is no longer finite, or null
   * @param remembers whether the worker has a memory to keep
   */
  WorkerReport(int worker, Measure measure, Work work, String divergence, boolean remembers) {
    this.worker = worker;
    this.measure = measure.samples() == 0 ? null : MeasureBytes.of(measure);
    this.multiplyAccumulates = work.multiplyAccumulates();
    this.synapticOperations = work.synapticOperations();
    this.spikes = work.spikes();
    this.divergence = divergence;
    this.remembers = remembers;
  }

  int worker() {
    return worker;
  }

  /** Adds the worker's samples to a measure. */
  void addTo(Measure total) {
    if (measure != null) {
      MeasureBytes.mergeInto(total, measure);
    }
  }

  Work work() {
    return new Work(multiplyAccumulates, synapticOperations, spikes);
  }

  /** What is no longer finite, or null. */
  String divergence() {
    return divergence;
  }

  boolean remembers() {
    return remembers;
  }
}
