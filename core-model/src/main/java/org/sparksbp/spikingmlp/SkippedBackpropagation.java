package org.sparksbp.spikingmlp;

import java.util.Arrays;

/**
 * The ablation of {@link SelfBackpropagatedGradients}: no gradient for hidden matrices and for
 * biases.
 */
final class SkippedBackpropagation implements CreditAssignment {

  private final Topology topology;

  SkippedBackpropagation(Topology topology) {
    this.topology = topology;
  }

  @Override
  public void assign(
      ForwardPass forward, float[] target, float[] outputGradient, Connections gradient) {}

  @Override
  public void finish(Connections gradient) {
    for (int layer = 1; layer <= topology.matrices(); layer++) {
      Arrays.fill(gradient.biases(layer), 0f);
    }
  }

  @Override
  public long multiplyAccumulates(int batchSize) {
    return 0;
  }
}
