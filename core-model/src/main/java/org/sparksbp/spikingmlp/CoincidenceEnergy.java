package org.sparksbp.spikingmlp;

/**
 * The optional term of the loss: a weight times, summed over pairs of neighbouring layers, the mean
 * over steps and synapses of the coincidence {@code |a_l^T a_l+1| / B^2}, with a the spikes of a
 * step {@code [batch, neurons]}. As spikes are not negative, its gradient by a neuron's spike in a
 * step is {@code weight / (T B^2 N_l N_l+1)} times the number of spikes in the neighbouring layer
 * in that step.
 */
final class CoincidenceEnergy {

  private final Topology topology;
  private final float weight;

  CoincidenceEnergy(Topology topology, float weight) {
    this.topology = topology;
    this.weight = weight;
  }

  /**
   * Adds the term's gradient by the spikes of a layer.
   *
   * @param spikeGradient {@code [steps, neurons]}
   */
  void addGradient(ForwardPass forward, int layer, int batchSize, float[] spikeGradient) {
    if (weight == 0f) {
      return;
    }
    addNeighbour(forward, layer, layer - 1, batchSize, spikeGradient);
    if (layer < topology.matrices()) {
      addNeighbour(forward, layer, layer + 1, batchSize, spikeGradient);
    }
  }

  private void addNeighbour(
      ForwardPass forward, int layer, int neighbour, int batchSize, float[] spikeGradient) {
    int neurons = topology.size(layer);
    double synapses = (double) neurons * topology.size(neighbour);
    float scale = (float) (weight / (topology.steps() * synapses * batchSize * batchSize));
    for (int step = 0; step < topology.steps(); step++) {
      float slope = scale * population(forward, neighbour, step);
      for (int i = step * neurons; i < (step + 1) * neurons; i++) {
        spikeGradient[i] += slope;
      }
    }
  }

  private static float population(ForwardPass forward, int layer, int step) {
    if (layer > 0) {
      return forward.trace(layer).population(step);
    }
    SpikeRaster input = forward.input();
    return input.count(Math.min(step, input.trainSteps() - 1));
  }
}
