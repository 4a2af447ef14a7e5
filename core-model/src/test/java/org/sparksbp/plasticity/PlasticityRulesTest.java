package org.sparksbp.plasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.sparksbp.kernel.PlainKernels;
import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.random.RandomStream;

class PlasticityRulesTest {

  private static final PropagationConstants PUBLISHED = propagation(1, 0.5, 1, Normalisation.SUM);

  private static PropagationConstants propagation(
      double pre, double post, double back, Normalisation normalisation) {
    return new PropagationConstants(
        0.2, 0.1, pre, post, back, normalisation, SpreadDirection.UP, 0.3, false);
  }

  private static PropagationConstants propagation(SpreadDirection direction, boolean matchNorm) {
    return new PropagationConstants(
        0.2, 0.1, 1, 0.5, 1, Normalisation.MEAN, direction, 0.3, matchNorm);
  }

  private static INDArray row(double... values) {
    return Nd4j.createFromArray(values).reshape(1, values.length);
  }

  /** One sample, a_0 = (1, 3), a_1 = (0, 0), p_1 = (1, -1), c = 1: M = ((1, -1), (3, -3)). */
  private static INDArray outputChange(PropagationConstants propagation) {
    return new SelfBackpropagation(propagation)
        .changes(List.of(row(1, 3), row(0, 0)), List.of(row(1, 3), row(1, -1)), 1)
        .get(0);
  }

  @Test
  void selfBackpropagationOfAnOutputMatrixIsWhatTheEquationsGiveByHand() {
    INDArray change = outputChange(PUBLISHED);
    // P: rows 1 and 3, shares 1/4 and 3/4; D: rows the same, its one column has share 1.
    assertThat(change.getDouble(0, 0)).isCloseTo(1.05, within(1e-12));
    assertThat(change.getDouble(1, 0)).isCloseTo(3 * 1.15, within(1e-12));
    assertThat(change.getDouble(0, 1)).isCloseTo(-(1.05 + 1.1) / 2, within(1e-12));
    assertThat(change.getDouble(1, 1)).isCloseTo(-3 * (1.15 + 1.1) / 2, within(1e-12));
  }

  @Test
  void meanNormalisationScalesAnAverageNeuronByOnePlusFraction() {
    INDArray change = outputChange(propagation(1, 0, 1, Normalisation.MEAN));
    // Row sums 1 and 3 have mean 2: shares 0.5 and 1.5.
    assertThat(change.getDouble(0, 0)).isCloseTo(1.1, within(1e-12));
    assertThat(change.getDouble(1, 0)).isCloseTo(3 * 1.3, within(1e-12));
  }

  @Test
  void withoutNormalisationTheRangeCounts() {
    INDArray change = outputChange(propagation(1, 0, 1, Normalisation.NONE));
    assertThat(change.getDouble(0, 0)).isCloseTo(1 + 0.2 * 0.1, within(1e-12));
    assertThat(change.getDouble(1, 0)).isCloseTo(3 * (1 + 0.2 * 0.3), within(1e-12));
  }

  @Test
  void withoutAnyPropagationSelfBackpropagationIsPostsynapticStdp() {
    List<INDArray> free = activities(3, 1);
    List<INDArray> clamped = clamped(free, 2);
    List<INDArray> reduced =
        new SelfBackpropagation(propagation(0, 0, 0, Normalisation.SUM))
            .changes(free, clamped, 0.4);
    List<INDArray> postsynaptic = new PostsynapticStdp().changes(free, clamped, 0.4);
    for (int l = 0; l < reduced.size(); l++) {
      assertThat(distance(reduced.get(l), postsynaptic.get(l))).isLessThan(1e-12);
    }
  }

  /** a_0 = (1, 2), a_1 = (1, 3), p_1 - a_1 = (1, 1), a_2 = 0, p_2 = 1: M_0 = ((1, 1), (2, 2)). */
  private static List<INDArray> changesOfTwoMatrices(PropagationConstants propagation) {
    return new SelfBackpropagation(propagation)
        .changes(List.of(row(1, 2), row(1, 3), row(0)), List.of(row(1, 2), row(2, 4), row(1)), 1);
  }

  @Test
  void inTheInverseDirectionNeuronsWhoseOutputsChangeLittleGain() {
    List<INDArray> changes = changesOfTwoMatrices(propagation(SpreadDirection.INVERSE, false));
    // The output synapses change by 1 and 3, shares 0.5 and 1.5 of their mean.
    assertThat(changes.get(0).getDouble(0, 0)).isCloseTo(1 / 0.8, within(1e-12));
    assertThat(changes.get(0).getDouble(1, 1)).isCloseTo(2 / 1.8, within(1e-12));
    assertThat(changes.get(1).toDoubleVector()).containsExactly(1, 3);
  }

  @Test
  void matchedToItsAblationAHiddenMatrixChangesByTheSameNormInAnotherDirection() {
    for (SpreadDirection direction : SpreadDirection.values()) {
      INDArray change = changesOfTwoMatrices(propagation(direction, true)).get(0);
      assertThat(change.norm2Number().doubleValue()).isCloseTo(Math.sqrt(10), within(1e-12));
      assertThat(change.getDouble(0, 0) > change.getDouble(0, 1))
          .isEqualTo(direction == SpreadDirection.INVERSE);
    }
  }

  @Test
  void withHiddenLayersFrozenOnlyTheOutputMatrixChanges() {
    List<INDArray> free = activities(2, 1);
    List<INDArray> clamped = clamped(free, 2);
    List<INDArray> changes = new FrozenHidden().changes(free, clamped, 0.4);
    assertThat(changes.get(0)).isEqualTo(Nd4j.zeros(DataType.DOUBLE, 11, 7));
    assertThat(changes.get(1)).isEqualTo(Nd4j.zeros(DataType.DOUBLE, 7, 13));
    assertThat(changes.get(2)).isEqualTo(new PostsynapticStdp().changes(free, clamped, 0.4).get(2));
  }

  @Test
  void differentialStdpLeavesTheFirstMatrixAlone() {
    List<INDArray> free = activities(3, 1);
    List<INDArray> changes = new DifferentialStdp().changes(free, clamped(free, 2), 0.4);
    assertThat(Transforms.abs(changes.get(0)).maxNumber().doubleValue()).isZero();
    assertThat(Transforms.abs(changes.get(1)).maxNumber().doubleValue()).isPositive();
  }

  @Test
  void everyRuleOnArraysAgreesWithItsEquations() {
    List<PropagationConstants> constants = new ArrayList<>();
    for (Normalisation normalisation : Normalisation.values()) {
      constants.add(propagation(1, 0.5, 1, normalisation));
    }
    for (SpreadDirection direction : SpreadDirection.values()) {
      constants.add(propagation(direction, false));
      constants.add(propagation(direction, true));
    }
    for (PropagationConstants propagation : constants) {
      for (PlasticityRule rule : PlasticityRules.all(propagation)) {
        for (int hidden = 1; hidden <= 3; hidden++) {
          List<INDArray> free = activities(hidden, 10 + hidden);
          List<INDArray> clamped = clamped(free, 20 + hidden);
          List<INDArray> expected = rule.changes(free, clamped, 0.4);
          float[][] actual = onArrays(rule, free, clamped, 0.4f);
          for (int l = 0; l < expected.size(); l++) {
            INDArray array =
                Nd4j.createFromArray(actual[l])
                    .reshape(expected.get(l).shape())
                    .castTo(DataType.DOUBLE);
            assertThat(distance(array, expected.get(l)))
                .as("%s %s matrix %s of %s", rule.name(), propagation, l, expected.size())
                .isLessThan(2e-6);
          }
        }
      }
    }
  }

  private static float[][] onArrays(
      PlasticityRule rule, List<INDArray> free, List<INDArray> clamped, float scale) {
    int layers = free.size();
    int batch = (int) free.get(0).rows();
    int[] sizes = new int[layers];
    float[][] a = new float[layers][];
    float[][] p = new float[layers][];
    float[][] changes = new float[layers - 1][];
    for (int l = 0; l < layers; l++) {
      sizes[l] = (int) free.get(l).columns();
      a[l] = free.get(l).castTo(DataType.FLOAT).dup('c').data().asFloat();
      p[l] = clamped.get(l).castTo(DataType.FLOAT).dup('c').data().asFloat();
    }
    for (int l = 0; l + 1 < layers; l++) {
      changes[l] = new float[sizes[l] * sizes[l + 1]];
    }
    SparseMatrix input = new SparseMatrix(sizes[0]);
    input.load(batch, a[0]);
    PhaseActivities phases = new PhaseActivities(new PlainKernels(), sizes, input, a, p);
    phases.refresh(batch, scale);
    rule.changes(
        phases,
        (matrix, first, rows, change, offset) ->
            System.arraycopy(
                change,
                offset,
                changes[matrix],
                first * sizes[matrix + 1],
                rows * sizes[matrix + 1]));
    return changes;
  }

  /** a_0 .. a_L of five samples; a third of the inputs is silent. */
  private static List<INDArray> activities(int hidden, long seed) {
    RandomStream random = RandomStream.of(seed, "activities");
    List<INDArray> activities = new ArrayList<>();
    int[] sizes = {11, 7, 13, 5};
    for (int l = 0; l <= hidden + 1; l++) {
      int neurons = l > hidden ? 3 : sizes[l];
      double[] values = new double[5 * neurons];
      for (int i = 0; i < values.length; i++) {
        boolean silent = l == 0 && i % neurons % 3 == 0;
        values[i] = silent ? 0 : 2 * random.nextFloat() - 1;
      }
      activities.add(Nd4j.createFromArray(values).reshape(5, neurons));
    }
    return activities;
  }

  private static List<INDArray> clamped(List<INDArray> free, long seed) {
    RandomStream random = RandomStream.of(seed, "clamped");
    List<INDArray> clamped = new ArrayList<>(List.of(free.get(0)));
    for (INDArray activity : free.subList(1, free.size())) {
      INDArray moved = activity.dup();
      for (long i = 0; i < moved.length(); i++) {
        moved.putScalar(i, moved.getDouble(i) + random.nextFloat() - 0.5);
      }
      clamped.add(moved);
    }
    return clamped;
  }

  private static double distance(INDArray one, INDArray other) {
    return Transforms.abs(one.sub(other)).maxNumber().doubleValue();
  }
}
