package org.sparksbp.spikingmlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.sparksbp.learner.FiniteNumbers;
import org.sparksbp.random.RandomStream;

/**
 * One number for every synapse and bias of a network: its weights, their gradient, or a moment of
 * the gradient.
 */
final class Connections {

  private final float[][] weights;
  private final float[][] recurrent;
  private final float[][] biases;
  private final float[][] leaks;
  private final List<float[]> inOrder = new ArrayList<>();

  /** All zero. */
  Connections(Topology topology) {
    int matrices = topology.matrices();
    weights = new float[matrices][];
    recurrent = new float[matrices + 1][];
    biases = new float[matrices + 1][];
    leaks = new float[matrices + 1][];
    for (int l = 0; l < matrices; l++) {
      weights[l] = new float[Math.toIntExact(topology.synapses(l))];
      inOrder.add(weights[l]);
      if (topology.isRecurrent(l + 1)) {
        recurrent[l + 1] = new float[Math.toIntExact(topology.recurrentSynapses(l + 1))];
        inOrder.add(recurrent[l + 1]);
      }
      biases[l + 1] = new float[topology.size(l + 1)];
      inOrder.add(biases[l + 1]);
      if (topology.learnsLeak()) {
        leaks[l + 1] = new float[1];
        inOrder.add(leaks[l + 1]);
      }
    }
  }

  /**
   * Weights uniform in +-1/sqrt(N_l), recurrent ones likewise without self-connections, biases 0.
   *
   * @param seed of the run
   * @param leak of all layers, where it is learned
   */
  static Connections initial(Topology topology, long seed, float leak) {
    Connections initial = new Connections(topology);
    for (int l = 0; l < topology.matrices(); l++) {
      uniform(
          initial.weights[l],
          1 / Math.sqrt(topology.size(l)),
          RandomStream.of(seed, "initial-weights", l));
      if (topology.isRecurrent(l + 1)) {
        int neurons = topology.size(l + 1);
        uniform(
            initial.recurrent[l + 1],
            1 / Math.sqrt(neurons),
            RandomStream.of(seed, "initial-recurrent-weights", l + 1));
        initial.clearSelfConnections(l + 1);
      }
      if (topology.learnsLeak()) {
        initial.leaks[l + 1][0] = (float) StrictMath.log(leak / (1.0 - leak));
      }
    }
    return initial;
  }

  static void uniform(float[] values, double bound, RandomGenerator random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }

  /** {@code [N_l, N_l+1]} row by row; not a copy. */
  float[] weights(int matrix) {
    return weights[matrix];
  }

  /** From each neuron of the layer to each, {@code [N, N]} row by row; not a copy. */
  float[] recurrent(int layer) {
    return recurrent[layer];
  }

  /** {@code [N_layer]}, layers from 1; not a copy. */
  float[] biases(int layer) {
    return biases[layer];
  }

  /** w of the layer's leak, {@code [1]}; not a copy, null where leaks are not learned. */
  float[] leak(int layer) {
    return leaks[layer];
  }

  /** The layer's leak, sigmoid(w), or the given one where it is not learned. */
  float leak(int layer, float constant) {
    return leaks[layer] == null ? constant : (float) (1 / (1 + StrictMath.exp(-leaks[layer][0])));
  }

  /** All arrays in the order of the layout; not copies. */
  List<float[]> arrays() {
    return inOrder;
  }

  boolean areFinite() {
    return inOrder.stream().allMatch(FiniteNumbers::areAll);
  }

  void clear() {
    inOrder.forEach(array -> Arrays.fill(array, 0f));
  }

  void clearSelfConnections(int layer) {
    int neurons = biases[layer].length;
    for (int i = 0; i < neurons; i++) {
      recurrent[layer][i * neurons + i] = 0f;
    }
  }

  /**
   * @return the offset behind the last element written
   */
  int copyTo(float[] flat, int offset) {
    int at = offset;
    for (float[] array : inOrder) {
      System.arraycopy(array, 0, flat, at, array.length);
      at += array.length;
    }
    return at;
  }

  /**
   * @return the offset behind the last element read
   */
  int copyFrom(float[] flat, int offset) {
    int at = offset;
    for (float[] array : inOrder) {
      System.arraycopy(flat, at, array, 0, array.length);
      at += array.length;
    }
    return at;
  }
}
