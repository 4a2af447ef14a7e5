package org.sparksbp.learner;

/**
 * What was really computed, beside the paper's estimate.
 *
 * @param multiplyAccumulates multiply-accumulate operations of the model's equations on dense
 *     arrays, whatever a kernel skips
 * @param synapticOperations spikes times fan-out, input spikes included
 * @param spikes spikes of hidden and output neurons
 */
public record Work(long multiplyAccumulates, long synapticOperations, long spikes) {

  public static final Work NONE = new Work(0, 0, 0);

  public Work plus(Work other) {
    return new Work(
        multiplyAccumulates + other.multiplyAccumulates,
        synapticOperations + other.synapticOperations,
        spikes + other.spikes);
  }
}
