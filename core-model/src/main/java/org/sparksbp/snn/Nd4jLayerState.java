package org.sparksbp.snn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** v, g and h of one layer, each {@code [batch, N_l]}. */
final class Nd4jLayerState {

  /** Names of the arrays, in the order of {@link #arrays}. */
  static final String[] NAMES = {"membrane", "conductance", "homeostatic"};

  /** v, g, h. */
  final INDArray[] arrays = new INDArray[NAMES.length];

  Nd4jLayerState(DataType type, int batch, int neurons) {
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = Nd4j.zeros(type, batch, neurons);
    }
  }

  /** The first {@code batch} rows; rows that are not there yet are 0. */
  Nd4jLayerState rows(int batch) {
    INDArray v = arrays[0];
    Nd4jLayerState taken = new Nd4jLayerState(v.dataType(), batch, (int) v.columns());
    int common = (int) Math.min(batch, v.rows());
    for (int i = 0; i < arrays.length; i++) {
      for (int row = 0; row < common; row++) {
        taken.arrays[i].putRow(row, arrays[i].getRow(row));
      }
    }
    return taken;
  }
}
