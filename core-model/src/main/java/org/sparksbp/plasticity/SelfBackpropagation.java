package org.sparksbp.plasticity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.sparksbp.learner.LayerSizes;

/**
 * Self-backpropagation of synaptic modifications (Zhang et al., Science Advances 7(43), eabh0146,
 * 2021).
 *
 * <p>The modification M = c a_l^T (p_{l+1} - a_{l+1}) is split into potentiation P = max(M, 0) and
 * depression D = min(M, 0). Rows (presynaptic neurons) and columns (postsynaptic neurons) are
 * scaled by what spreads to them:
 *
 * <pre>
 * P_pre  = diag(1 + lambda_pre  f n(r  rowsum P )) P
 * D_pre  = diag(1 + lambda_pre  f n(r |rowsum D|)) D
 * D_post = D diag(1 + lambda_post f n(r |colsum D|))
 * P_bp   = P diag(1 + lambda_bp f n(r rowsum P_pre of matrix l+1))
 * D_bp   = D diag(1 + lambda_bp f n(r rowsum D_pre of matrix l+1))
 * D_l = (P_pre + P_bp)/2 + (D_pre + D_post + D_bp)/3      hidden-facing matrices
 * D_l =  P_pre           + (D_pre + D_post)/2             output matrix
 * </pre>
 *
 * <p>In the {@link SpreadDirection#INVERSE inverse} direction, which the study does not have,
 * hidden neurons gain by what their output synapses do not change, and nothing else spreads:
 *
 * <pre>
 * D_l = M diag(1/(z + c)), z = rowsum |M of matrix l+1| / its mean    hidden-facing matrices
 * D_l = M                                                             output matrix
 * </pre>
 */
public final class SelfBackpropagation implements PlasticityRule {

  private final PropagationConstants propagation;

  public SelfBackpropagation(PropagationConstants propagation) {
    this.propagation = propagation;
  }

  public PropagationConstants propagation() {
    return propagation;
  }

  @Override
  public String name() {
    return "sbp";
  }

  @Override
  public List<INDArray> changes(List<INDArray> free, List<INDArray> clamped, double scale) {
    List<INDArray> modifications = new PostsynapticStdp().changes(free, clamped, scale);
    List<INDArray> changes =
        propagation.direction() == SpreadDirection.UP
            ? published(modifications)
            : inverse(modifications);
    if (propagation.matchNorm()) {
      for (int l = 0; l + 1 < changes.size(); l++) {
        double norm = changes.get(l).norm2Number().doubleValue();
        double matched = modifications.get(l).norm2Number().doubleValue();
        changes.get(l).muli(norm == 0 ? 1 : matched / norm);
      }
    }
    return changes;
  }

  private List<INDArray> inverse(List<INDArray> modifications) {
    List<INDArray> changes = new ArrayList<>();
    for (int l = 0; l + 1 < modifications.size(); l++) {
      INDArray outputs = rowSums(Transforms.abs(modifications.get(l + 1)));
      INDArray share = Normalisation.MEAN.of(outputs).addi(propagation.inverseOffset());
      changes.add(modifications.get(l).divRowVector(share));
    }
    changes.add(modifications.get(modifications.size() - 1).dup());
    return changes;
  }

  private List<INDArray> published(List<INDArray> modifications) {
    List<INDArray> changes = new ArrayList<>();
    INDArray potentiatedOutputs = null; // P_pre and D_pre of matrix l+1
    INDArray depressedOutputs = null;
    for (int l = modifications.size() - 1; l >= 0; l--) {
      INDArray modification = modifications.get(l);
      INDArray potentiation = Transforms.max(modification, 0);
      INDArray depression = Transforms.min(modification, 0);
      INDArray potentiationPre =
          scaleRows(potentiation, propagation.presynaptic(), potentiation.sum(true, 1));
      INDArray depressionPre =
          scaleRows(depression, propagation.presynaptic(), Transforms.abs(depression.sum(true, 1)));
      INDArray depressionPost =
          scaleColumns(
              depression, propagation.postsynaptic(), Transforms.abs(depression.sum(true, 0)));
      if (l + 1 == modifications.size()) {
        changes.add(potentiationPre.add(depressionPre.add(depressionPost).divi(2)));
      } else {
        INDArray potentiationBack =
            scaleColumns(
                potentiation, propagation.selfBackpropagated(), rowSums(potentiatedOutputs));
        INDArray depressionBack =
            scaleColumns(depression, propagation.selfBackpropagated(), rowSums(depressedOutputs));
        changes.add(
            potentiationPre
                .add(potentiationBack)
                .divi(2)
                .addi(depressionPre.add(depressionPost).addi(depressionBack).divi(3)));
      }
      potentiatedOutputs = potentiationPre;
      depressedOutputs = depressionPre;
    }
    Collections.reverse(changes);
    return changes;
  }

  /** Sums over the postsynaptic index, as a row {@code [1, N_{l+1}]} of the matrix before. */
  private static INDArray rowSums(INDArray matrix) {
    return matrix.sum(true, 1).transpose();
  }

  private INDArray scaleRows(INDArray matrix, double lambda, INDArray amounts) {
    return matrix.mulColumnVector(spread(lambda, amounts));
  }

  private INDArray scaleColumns(INDArray matrix, double lambda, INDArray amounts) {
    return matrix.mulRowVector(spread(lambda, amounts));
  }

  /** 1 + lambda f n(r z). */
  private INDArray spread(double lambda, INDArray amounts) {
    INDArray normalised = propagation.normalisation().of(amounts.mul(propagation.range()));
    return normalised.muli(lambda * propagation.fraction()).addi(1);
  }

  @Override
  public void changes(PhaseActivities phases, WeightChangeConsumer changes) {
    new SelfBackpropagationRows(propagation, phases).send(changes);
  }

  /** {@inheritDoc} One product a matrix, M. */
  @Override
  public long multiplyAccumulates(LayerSizes sizes) {
    return sizes.allSynapses();
  }
}
