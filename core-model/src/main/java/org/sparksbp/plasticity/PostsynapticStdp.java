package org.sparksbp.plasticity;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparksbp.learner.LayerSizes;

/**
 * D_l = c a_l^T (p_{l+1} - a_{l+1}): what is left of self-backpropagation when every propagation is
 * switched off, and so the ablation that comparisons carry.
 */
public final class PostsynapticStdp implements PlasticityRule {

  @Override
  public String name() {
    return "postsynaptic-stdp";
  }

  @Override
  public List<INDArray> changes(List<INDArray> free, List<INDArray> clamped, double scale) {
    List<INDArray> changes = new ArrayList<>();
    for (int l = 0; l + 1 < free.size(); l++) {
      INDArray difference = clamped.get(l + 1).sub(free.get(l + 1));
      changes.add(free.get(l).transpose().mmul(difference).muli(scale));
    }
    return changes;
  }

  @Override
  public void changes(PhaseActivities phases, WeightChangeConsumer changes) {
    for (int l = 0; l < phases.matrices(); l++) {
      change(phases, l, changes);
    }
  }

  /** Sends the change of one matrix. */
  static void change(PhaseActivities phases, int matrix, WeightChangeConsumer changes) {
    if (matrix == 0) {
      phases.inputRows((presynaptic, change) -> changes.rows(0, presynaptic, 1, change, 0));
      return;
    }
    float[] change = phases.clearedScratch(matrix);
    phases.addProduct(
        matrix, phases.scale(), phases.free(matrix), phases.difference(matrix + 1), change);
    phases.sendRows(matrix, change, changes);
  }

  @Override
  public long multiplyAccumulates(LayerSizes sizes) {
    return sizes.allSynapses();
  }
}
