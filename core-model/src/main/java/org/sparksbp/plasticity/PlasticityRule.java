package org.sparksbp.plasticity;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparksbp.learner.LayerSizes;

/**
 * From the network's free activities a_l and clamped activities p_l to the change D_l of its weight
 * matrices, before the step size alpha_l. Rules keep no state.
 */
public interface PlasticityRule {

  /** The value of the configuration key {@code rule}. */
  String name();

  /**
   * D_0 .. D_{L-1} as the equations have them.
   *
   * @param free a_0 .. a_L, each {@code [batch, N_l]}; not changed
   * @param clamped p_0 .. p_L, with p_0 = a_0; not changed
   * @param scale c = 1 / (beta batch)
   * @return new arrays {@code [N_l, N_{l+1}]}
   */
  List<INDArray> changes(List<INDArray> free, List<INDArray> clamped, double scale);

  /**
   * The same on plain arrays, row by row, so that rows of silent inputs cost nothing.
   *
   * @param phases the activities, products and scratch arrays
   * @param changes receives every row of every D_l that can differ from 0
   */
  void changes(PhaseActivities phases, WeightChangeConsumer changes);

  /** Whether weights and biases of hidden layers change; if not, only the output layer's do. */
  default boolean changesHiddenLayers() {
    return true;
  }

  /**
   * Multiply-accumulates of the rule's products for one sample, as its equations have them; what
   * scales single rows, columns or weights is not counted.
   *
   * @param sizes N_0 .. N_L
   */
  long multiplyAccumulates(LayerSizes sizes);
}
