package org.sparksbp.spikingmlp;

/**
 * No gradient for hidden matrices and for the biases behind them, which then stay as they are:
 * {@code frozen-hidden} in every update, {@code bp-skipped} in those that are not by
 * backpropagation.
 */
final class FrozenHiddenLayers implements CreditAssignment {

  @Override
  public void assign(
      ForwardPass forward, float[] target, float[] outputGradient, Connections gradient) {}

  @Override
  public long multiplyAccumulates(int batchSize) {
    return 0;
  }
}
