package org.sparksbp.spikingmlp;

import java.util.Arrays;

/** Another credit assignment with no gradient for any bias, those of the outputs neither. */
final class WithoutBiases implements CreditAssignment {

  private final Topology topology;
  private final CreditAssignment weights;

  WithoutBiases(Topology topology, CreditAssignment weights) {
    this.topology = topology;
    this.weights = weights;
  }

  @Override
  public void begin(Connections connections, int size) {
    weights.begin(connections, size);
  }

  @Override
  public void assign(
      ForwardPass forward, float[] target, float[] outputGradient, Connections gradient) {
    weights.assign(forward, target, outputGradient, gradient);
  }

  @Override
  public void finish(Connections gradient) {
    weights.finish(gradient);
    for (int layer = 1; layer <= topology.matrices(); layer++) {
      Arrays.fill(gradient.biases(layer), 0f);
    }
  }

  @Override
  public long multiplyAccumulates(int batchSize) {
    return weights.multiplyAccumulates(batchSize);
  }

  @Override
  public BackwardPass.ResetPath outputResetPath() {
    return weights.outputResetPath();
  }
}
