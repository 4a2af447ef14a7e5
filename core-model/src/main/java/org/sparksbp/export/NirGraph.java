package org.sparksbp.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.spikingmlp.InputCurrent;
import org.sparksbp.spikingmlp.NeuronEquation;

/**
 * A spiking perceptron as a chain of nodes of the Neuromorphic Intermediate Representation (J. E.
 * Pedersen et al., Nature Communications 15, 8122, 2024): input, then for each layer an {@code
 * Affine} and a {@code LIF} node, then output.
 *
 * <p>A LIF node is {@code tau dv/dt = v_leak - v + R I}, and v becomes v_reset where it was above
 * v_threshold. Euler's steps of dt make it
 *
 * <pre>
 *   v = (1 - dt/tau) v + dt/tau (v_leak + R I)
 * </pre>
 *
 * which is the perceptron's {@code m = leak m (1 - s_previous) + I - inhibition} with tau =
 * dt/(1-leak), R = 1/(1-leak), v_reset = 0, and the inhibition taken from the biases: as common to
 * all steps it is one constant current more, and readers of NIR that know no v_leak but 0 take it.
 *
 * @param inputs N_0
 * @param layers from the first behind the input on
 * @param metadata what is known of the model
 */
record NirGraph(int inputs, List<Layer> layers, SortedMap<String, String> metadata) {

  /** Length of a time step in seconds: what it is taken for where a reader is not told another. */
  static final double DT = 1e-4;

  private static final String MODEL = "spiking-mlp";

  private static final Map<String, String> REASONS =
      Map.of(
          "snn", ", its neurons' answer is a relaxation between layers that hear each other",
          "rbm", ", its states descend along an energy that all layers share",
          "bp-ann", ", its rectified units send graded activity, no spikes");

  /**
   * The synapses and neurons of one layer.
   *
   * @param weights {@code [neurons, neurons of the layer below]}
   * @param biases {@code [neurons]}, the inhibition taken from them
   */
  record Layer(float[][] weights, float[] biases, float leak, float threshold) {
    /** Of the membrane, in seconds. */
    float tau() {
      return (float) (DT / (1 - leak));
    }

    float resistance() {
      return 1 / (1 - leak);
    }

    int neurons() {
      return biases.length;
    }
  }

  NirGraph {
    layers = List.copyOf(layers);
  }

  /**
   * The graph that means what the model computes.
   *
   * @throws UnfitModelException saying why, if there is none
   */
  static NirGraph of(SavedModel model) {
    if (!model.type().equals(MODEL)) {
      throw unfit(
          "it is of type "
              + model.type()
              + REASONS.getOrDefault(model.type(), "")
              + ", for which NIR has no node");
    }
    NeuronEquation neuron = NeuronEquation.of(model.configuration());
    if (neuron.current() != InputCurrent.LINEAR) {
      throw unfit(
          "its neurons take the logistic function of their input current, for which NIR has no node");
    }
    if (!neuron.outputsFire()) {
      throw unfit("its output neurons answer with their membrane potential, and a LIF node's fire");
    }
    if (neuron.leak() == 1) {
      throw unfit("its neurons do not leak, and a LIF node's always do");
    }
    return new NirGraph(
        model.layout().blocks().get(0).shape().get(0),
        layers(model.layout(), model.parameters(), neuron),
        ModelMetadata.of(model));
  }

  /** The layers of a layout in which each matrix is followed by the biases behind it. */
  static List<Layer> layers(ParameterLayout layout, float[] parameters, NeuronEquation neuron) {
    List<Layer> layers = new ArrayList<>();
    float[][] weights = null;
    for (ParameterLayout.Block block : layout.blocks()) {
      if (block.name().startsWith("weights-")) {
        weights = transposed(parameters, block);
      } else if (block.name().startsWith("biases-")) {
        layers.add(
            new Layer(
                weights,
                reduced(parameters, block, neuron.inhibition()),
                neuron.leak(),
                neuron.threshold()));
      } else if (block.name().startsWith("recurrent-")) {
        throw unfit(
            "the neurons of a layer hear each other's last step, and the loop of a graph does not"
                + " say how late it is");
      } else if (block.role() != ParameterLayout.Role.OPTIMISER) {
        throw unfit("it has " + block.name() + ", which no node takes");
      }
    }
    return layers;
  }

  /** NIR has a row of weights for each neuron that they lead to. */
  private static float[][] transposed(float[] values, ParameterLayout.Block block) {
    int rows = block.shape().get(0);
    int columns = block.shape().get(1);
    float[][] weights = new float[columns][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        weights[j][i] = values[block.offset() + i * columns + j];
      }
    }
    return weights;
  }

  private static float[] reduced(float[] values, ParameterLayout.Block block, float by) {
    float[] biases = new float[block.size()];
    for (int j = 0; j < biases.length; j++) {
      biases[j] = values[block.offset() + j] - by;
    }
    return biases;
  }

  private static UnfitModelException unfit(String reason) {
    return new UnfitModelException(
        "Cannot export the model as nir: " + reason + "; safetensors and npz take every model");
  }
}
