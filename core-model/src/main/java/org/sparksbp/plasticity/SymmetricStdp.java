package org.sparksbp.plasticity;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparksbp.learner.LayerSizes;

/** D_l = c (p_l^T p_{l+1} - a_l^T a_{l+1}): the published network without SBP. */
public final class SymmetricStdp implements PlasticityRule {

  @Override
  public String name() {
    return "symmetric-stdp";
  }

  @Override
  public List<INDArray> changes(List<INDArray> free, List<INDArray> clamped, double scale) {
    List<INDArray> changes = new ArrayList<>();
    for (int l = 0; l + 1 < free.size(); l++) {
      INDArray after = clamped.get(l).transpose().mmul(clamped.get(l + 1));
      INDArray before = free.get(l).transpose().mmul(free.get(l + 1));
      changes.add(after.subi(before).muli(scale));
    }
    return changes;
  }

  @Override
  public void changes(PhaseActivities phases, WeightChangeConsumer changes) {
    // The input is the same in both phases, so p_0^T p_1 - a_0^T a_1 = a_0^T (p_1 - a_1).
    phases.inputRows((presynaptic, change) -> changes.rows(0, presynaptic, 1, change, 0));
    for (int l = 1; l < phases.matrices(); l++) {
      float[] change = phases.clearedScratch(l);
      phases.addProduct(l, phases.scale(), phases.clamped(l), phases.clamped(l + 1), change);
      phases.addProduct(l, -phases.scale(), phases.free(l), phases.free(l + 1), change);
      phases.sendRows(l, change, changes);
    }
  }

  /** {@inheritDoc} Two products a matrix, one of each phase. */
  @Override
  public long multiplyAccumulates(LayerSizes sizes) {
    return 2 * sizes.allSynapses();
  }
}
