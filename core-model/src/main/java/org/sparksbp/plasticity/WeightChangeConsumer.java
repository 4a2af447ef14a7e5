package org.sparksbp.plasticity;

/** Takes the rows of the weight changes D_l. Rows that never arrive are 0. */
@FunctionalInterface
public interface WeightChangeConsumer {

  /**
   * @param matrix l
   * @param first row of D_l: index of a presynaptic neuron, of layer l
   * @param rows that many rows from there on
   * @param change holds the rows' {@code [rows, N_{l+1}]} elements from {@code offset} on; valid
   *     during the call, the receiver may write to these elements
   */
  void rows(int matrix, int first, int rows, float[] change, int offset);
}
