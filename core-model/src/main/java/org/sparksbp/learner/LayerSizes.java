package org.sparksbp.learner;

import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.stream.IntStream;

/** Neurons of each layer, N_0 (input) to N_L (output); matrix l leads from layer l to l + 1. */
public final class LayerSizes {

  private final int[] sizes;

  private LayerSizes(int... sizes) {
    this.sizes = sizes;
  }

  /**
   * The sizes of a network.
   *
   * @param inputs N_0
   * @param hidden N_1 .. N_{L-1}
   * @param outputs N_L
   * @throws ConfigException.BadValue if these are more weights than an array holds, which native
   *     code would not survive
   */
  public static LayerSizes of(int inputs, List<Integer> hidden, int outputs) {
    int[] sizes = new int[hidden.size() + 2];
    sizes[0] = inputs;
    for (int i = 0; i < hidden.size(); i++) {
      sizes[i + 1] = hidden.get(i);
    }
    sizes[sizes.length - 1] = outputs;
    LayerSizes network = of(sizes);
    long weights = 0;
    for (int matrix = 0; matrix < network.matrices(); matrix++) {
      // At each, as the sum of all may go beyond a long.
      weights += network.synapses(matrix);
      if (weights > Integer.MAX_VALUE) {
        throw new ConfigException.BadValue(
            "network.hidden",
            hidden
                + " between "
                + inputs
                + " inputs and "
                + outputs
                + " outputs are more than "
                + Integer.MAX_VALUE
                + " weights");
      }
    }
    return network;
  }

  /**
   * The same in one array.
   *
   * @throws IllegalArgumentException if there are fewer than two layers, or one without neurons
   */
  public static LayerSizes of(int... sizes) {
    if (sizes.length < 2 || IntStream.of(sizes).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "Invalid layer sizes: "
              + IntStream.of(sizes).boxed().toList()
              + ", at least an input and an output layer of 1 neuron");
    }
    return new LayerSizes(sizes.clone());
  }

  /** L, number of weight matrices. */
  public int matrices() {
    return sizes.length - 1;
  }

  /** N_layer. */
  public int size(int layer) {
    return sizes[layer];
  }

  /** N_0. */
  public int inputs() {
    return sizes[0];
  }

  /** N_L. */
  public int outputs() {
    return sizes[sizes.length - 1];
  }

  /** N_l N_{l+1}, elements of matrix l. */
  public long synapses(int matrix) {
    return (long) sizes[matrix] * sizes[matrix + 1];
  }

  /** Elements of all matrices. */
  public long allSynapses() {
    return IntStream.range(0, matrices()).mapToLong(this::synapses).sum();
  }

  /** N_1 + .. + N_{L-1}. */
  public long hiddenNeurons() {
    return IntStream.range(1, matrices()).mapToLong(layer -> sizes[layer]).sum();
  }

  /** N_0 .. N_L; a copy. */
  public int[] toArray() {
    return sizes.clone();
  }
}
