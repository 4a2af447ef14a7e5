package org.sparksbp.learner;

import java.util.List;

/**
 * What the neurons of a network did while it inferred a batch.
 *
 * @param inference the network's answer, to the bits of {@link Learner#infer}
 * @param layers what is shown, from the lowest to the output
 */
public record ActivityTrace(Inference inference, List<Layer> layers) {

  public static final String INPUT = "input";
  public static final String OUTPUT = "output";

  /**
   * One layer.
   *
   * @param name {@code input}, {@code hidden-1} and on, {@code output}
   * @param neurons N_l
   * @param steps time steps of the spiking phase, or of a relaxation
   * @param spikes 1 where a neuron fired in a step, else 0, {@code [batch, steps, neurons]}; empty
   *     where the neurons do not spike
   * @param activities graded activity after each step, {@code [batch, steps, neurons]}; empty where
   *     a neuron tells nothing but spikes
   * @param settled activity when inference has ended, {@code [batch, neurons]}, where the network
   *     goes on to settle behind the steps that are shown; else empty
   */
  public record Layer(
      String name, int neurons, int steps, float[] spikes, float[] activities, float[] settled) {

    /** Whether it lies between input and output. */
    public boolean isHidden() {
      return !name.equals(INPUT) && !name.equals(OUTPUT);
    }
  }

  public ActivityTrace {
    layers = List.copyOf(layers);
  }

  /**
   * Name of a layer.
   *
   * @param layer from 0, the input
   * @param last number of the output layer
   */
  public static String name(int layer, int last) {
    if (layer == 0) {
      return INPUT;
    }
    return layer == last ? OUTPUT : "hidden-" + layer;
  }
}
