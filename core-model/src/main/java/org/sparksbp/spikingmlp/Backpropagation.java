package org.sparksbp.spikingmlp;

import org.sparksbp.kernel.Transpose;
import org.sparksbp.spikingmlp.BackwardPass.ResetPath;

/** Backpropagation through time and layers. */
final class Backpropagation implements CreditAssignment {

  private final Topology topology;
  private final BackwardPass backward;
  private final float[][] transposed;
  private int batchSize;

  Backpropagation(Topology topology, BackwardPass backward) {
    this.topology = topology;
    this.backward = backward;
    this.transposed = new float[topology.matrices()][];
    for (int l = 1; l < transposed.length; l++) {
      transposed[l] = new float[Math.toIntExact(topology.synapses(l))];
    }
  }

  /** Transposes the weights once a batch, so that errors go back along contiguous rows. */
  @Override
  public void begin(Connections connections, int size) {
    batchSize = size;
    for (int l = 1; l < transposed.length; l++) {
      Transpose.copy(topology.size(l), topology.size(l + 1), connections.weights(l), transposed[l]);
    }
  }

  @Override
  public void assign(
      ForwardPass forward, float[] target, float[] outputGradient, Connections gradient) {
    for (int layer = topology.matrices() - 1; layer >= 1; layer--) {
      backward.throughWeights(forward, layer, batchSize, transposed[layer]);
      backward.throughTime(forward.trace(layer), layer, ResetPath.DIFFERENTIATED);
      backward.addToGradient(forward, layer - 1, gradient);
    }
  }

  @Override
  public long multiplyAccumulates(int size) {
    long perStep = 0;
    for (int l = 1; l < topology.matrices(); l++) {
      perStep += topology.synapses(l - 1) + topology.synapses(l);
    }
    return size * topology.steps() * perStep;
  }
}
