package org.sparksbp.spikingmlp;

import java.util.stream.IntStream;
import org.sparksbp.kernel.Transpose;
import org.sparksbp.spikingmlp.BackwardPass.ResetPath;

/**
 * Backpropagation through time and layers. Truncated, the error still goes back exactly through all
 * steps and layers, but a hidden matrix's gradient is the sum over some steps alone, {@code x(t)^T
 * delta(t)}: the products of the other steps are not made.
 */
final class Backpropagation implements CreditAssignment {

  private final Topology topology;
  private final BackwardPass backward;
  private final int[] steps;
  private final float[][] transposed;

  Backpropagation(Topology topology, BackwardPass backward) {
    this(topology, backward, IntStream.range(0, topology.steps()).toArray());
  }

  /**
   * Truncated to some steps, which leaves the hidden biases without a gradient.
   *
   * @param steps from 0, ascending; if none, the error does not go back at all
   */
  Backpropagation(Topology topology, BackwardPass backward, int[] steps) {
    this.topology = topology;
    this.backward = backward;
    this.steps = steps;
    this.transposed = new float[topology.matrices()][];
    for (int l = 1; l < transposed.length; l++) {
      transposed[l] = new float[Math.toIntExact(topology.synapses(l))];
    }
  }

  /** Transposes the weights once a batch, so that errors go back along contiguous rows. */
  @Override
  public void begin(Connections connections, int size) {
    for (int l = 1; l < transposed.length && steps.length > 0; l++) {
      Transpose.copy(topology.size(l), topology.size(l + 1), connections.weights(l), transposed[l]);
    }
  }

  @Override
  public void assign(
      ForwardPass forward, float[] target, float[] outputGradient, Connections gradient) {
    for (int layer = topology.matrices() - 1; layer >= 1 && steps.length > 0; layer--) {
      backward.throughWeights(layer, transposed[layer]);
      backward.throughTime(forward.trace(layer), layer, ResetPath.DIFFERENTIATED);
      if (steps.length == topology.steps()) {
        backward.addToGradient(forward, layer - 1, gradient);
      } else {
        backward.addStepsToGradient(forward, layer - 1, steps, gradient);
      }
    }
  }

  /** The energy term knows the weights in the last step alone. */
  @Override
  public void finish(Connections gradient) {
    if (steps.length > 0 && steps[steps.length - 1] == topology.steps() - 1) {
      backward.addEnergyOfHiddenWeights(gradient);
    }
  }

  @Override
  public long multiplyAccumulates(int size) {
    return multiplyAccumulates(topology, steps.length, size);
  }

  /**
   * What a batch takes.
   *
   * @param exactSteps how many steps give hidden matrices their gradient
   */
  static long multiplyAccumulates(Topology topology, int exactSteps, int size) {
    if (exactSteps == 0) {
      return 0;
    }
    long sum = 0;
    for (int l = 1; l < topology.matrices(); l++) {
      sum += topology.steps() * topology.synapses(l) + exactSteps * topology.synapses(l - 1);
    }
    return size * sum;
  }
}
