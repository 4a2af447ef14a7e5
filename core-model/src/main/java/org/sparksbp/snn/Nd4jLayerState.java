package org.sparksbp.snn;

import java.util.EnumMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** v, g and h of one layer, each {@code [batch, N_l]}. */
final class Nd4jLayerState {

  private final Map<StateVariable, INDArray> arrays = new EnumMap<>(StateVariable.class);

  Nd4jLayerState(DataType type, int batch, int neurons) {
    for (StateVariable variable : StateVariable.values()) {
      arrays.put(variable, Nd4j.zeros(type, batch, neurons));
    }
  }

  /** The array itself, not a copy. */
  INDArray get(StateVariable variable) {
    return arrays.get(variable);
  }

  void set(StateVariable variable, INDArray array) {
    arrays.put(variable, array);
  }

  /** The first {@code batch} rows; rows that are not there yet are 0. */
  Nd4jLayerState rows(int batch) {
    INDArray v = get(StateVariable.MEMBRANE);
    Nd4jLayerState taken = new Nd4jLayerState(v.dataType(), batch, (int) v.columns());
    int common = (int) Math.min(batch, v.rows());
    for (StateVariable variable : StateVariable.values()) {
      for (int row = 0; row < common; row++) {
        taken.get(variable).putRow(row, get(variable).getRow(row));
      }
    }
    return taken;
  }
}
