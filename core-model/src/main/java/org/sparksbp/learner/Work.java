package org.sparksbp.learner;

/**
 * What was really computed, beside the paper's estimate.
 *
 * @param multiplyAccumulates multiply-accumulate operations of the model's equations on dense
 *     arrays, whatever a kernel skips
 * @param gradedMultiplyAccumulates those of them in which no spike stands for a factor: products of
 *     activities, rates, states and errors, which stay multiply-accumulates on hardware that is
 *     driven by spikes; the others take {@code synapticOperations} there. {@link #UNKNOWN} in
 *     records from before it was counted
 * @param spikingPhaseMultiplyAccumulates those of them in the plasticity network's spiking phase,
 *     which at published constants changes nothing of the result; 0 for other models, {@link
 *     #UNKNOWN} in records from before it was counted
 * @param synapticOperations spikes times fan-out, input spikes included, where layers send spikes
 * @param spikes of hidden and output neurons
 */
public record Work(
    long multiplyAccumulates,
    long gradedMultiplyAccumulates,
    long spikingPhaseMultiplyAccumulates,
    long synapticOperations,
    long spikes) {

  /** Stands for a number that a record does not have; a sum with it is unknown. */
  public static final long UNKNOWN = -1;

  public static final Work NONE = new Work(0, 0, 0, 0, 0);

  /** Products of numbers none of which is a spike. */
  public static Work graded(long multiplyAccumulates) {
    return new Work(multiplyAccumulates, multiplyAccumulates, 0, 0, 0);
  }

  /** Products of spikes with weights, of which each spike makes an addition at each synapse. */
  public static Work spiking(long multiplyAccumulates, long synapticOperations, long spikes) {
    return new Work(multiplyAccumulates, 0, 0, synapticOperations, spikes);
  }

  public Work plus(Work other) {
    return new Work(
        multiplyAccumulates + other.multiplyAccumulates,
        sum(gradedMultiplyAccumulates, other.gradedMultiplyAccumulates),
        sum(spikingPhaseMultiplyAccumulates, other.spikingPhaseMultiplyAccumulates),
        synapticOperations + other.synapticOperations,
        spikes + other.spikes);
  }

  private static long sum(long one, long other) {
    return one == UNKNOWN || other == UNKNOWN ? UNKNOWN : one + other;
  }
}
