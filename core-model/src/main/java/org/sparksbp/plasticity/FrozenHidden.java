package org.sparksbp.plasticity;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparksbp.learner.LayerSizes;

/**
 * The control that tells whether hidden layers learn: they stay at their random start, and the
 * output matrix alone changes, D_{L-1} = c a_{L-1}^T (p_L - a_L) as in {@link PostsynapticStdp}.
 */
public final class FrozenHidden implements PlasticityRule {

  @Override
  public String name() {
    return "frozen-hidden";
  }

  @Override
  public List<INDArray> changes(List<INDArray> free, List<INDArray> clamped, double scale) {
    List<INDArray> changes = new ArrayList<>();
    int last = free.size() - 1;
    for (int l = 0; l + 1 < last; l++) {
      changes.add(zeros(free.get(l), free.get(l + 1)));
    }
    changes.addAll(
        new PostsynapticStdp()
            .changes(free.subList(last - 1, last + 1), clamped.subList(last - 1, last + 1), scale));
    return changes;
  }

  private static INDArray zeros(INDArray before, INDArray after) {
    return Nd4j.zeros(before.dataType(), before.columns(), after.columns());
  }

  @Override
  public void changes(PhaseActivities phases, WeightChangeConsumer changes) {
    PostsynapticStdp.change(phases, phases.matrices() - 1, changes);
  }

  @Override
  public boolean changesHiddenLayers() {
    return false;
  }

  /** {@inheritDoc} One product, that of the output matrix. */
  @Override
  public long multiplyAccumulates(LayerSizes sizes) {
    return sizes.synapses(sizes.matrices() - 1);
  }
}
