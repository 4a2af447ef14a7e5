package org.sparksbp.plasticity;

/** Takes the rows of the weight changes D_l. Rows that never arrive are 0. */
@FunctionalInterface
public interface WeightChangeConsumer {

  /**
   * @param matrix l
   * @param presynaptic row of D_l: index of a neuron of layer l
   * @param change holds the row's N_{l+1} elements from {@code offset} on; valid during the call,
   *     the receiver may write to these elements
   */
  void row(int matrix, int presynaptic, float[] change, int offset);
}
