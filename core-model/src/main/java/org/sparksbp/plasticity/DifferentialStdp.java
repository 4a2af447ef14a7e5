package org.sparksbp.plasticity;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparksbp.learner.LayerSizes;

/**
 * D_l = c (p_l^T a_{l+1} - a_l^T a_{l+1}). The input does not change between the phases, so the
 * first matrix never does either.
 */
public final class DifferentialStdp implements PlasticityRule {

  @Override
  public String name() {
    return "differential-stdp";
  }

  @Override
  public List<INDArray> changes(List<INDArray> free, List<INDArray> clamped, double scale) {
    List<INDArray> changes = new ArrayList<>();
    for (int l = 0; l + 1 < free.size(); l++) {
      INDArray after = clamped.get(l).transpose().mmul(free.get(l + 1));
      INDArray before = free.get(l).transpose().mmul(free.get(l + 1));
      changes.add(after.subi(before).muli(scale));
    }
    return changes;
  }

  @Override
  public void changes(PhaseActivities phases, WeightChangeConsumer changes) {
    for (int l = 1; l < phases.matrices(); l++) {
      float[] change = phases.clearedScratch(l);
      phases.addProduct(l, phases.scale(), phases.difference(l), phases.free(l + 1), change);
      phases.sendRows(l, change, changes);
    }
  }

  /** {@inheritDoc} Two products a matrix. */
  @Override
  public long multiplyAccumulates(LayerSizes sizes) {
    return 2 * sizes.allSynapses();
  }
}
