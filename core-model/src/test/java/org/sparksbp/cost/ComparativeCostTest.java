package org.sparksbp.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.sparksbp.cost.ComparativeCost.Method;
import org.sparksbp.cost.ComparativeCost.SeedCurves;
import org.sparksbp.learner.Work;

class ComparativeCostTest {

  private static final double[] STAIRS = {10, 8, 6, 4, 2};
  private static final double[] FALL = {10, 2};
  private static final double[] LATE_FALL = {10, 10, 2};
  private static final double[] LOW = {1, 0.5};

  private static SeedCurves seed(long seed, double[]... curves) {
    List<double[]> unknown =
        Arrays.stream(curves)
            .map(curve -> Arrays.stream(curve).map(error -> Double.NaN).toArray())
            .toList();
    return new SeedCurves(seed, List.of(curves), unknown);
  }

  private static List<Method> methods(double... complexities) {
    return Arrays.stream(complexities).mapToObj(value -> new Method("m" + value, value)).toList();
  }

  @Test
  void multipliesMeanEpochsByComplexitySeedBySeed() {
    // Mean epochs: stairs (5+4+3+2+1)/5 = 3; fall 9/5; late fall (3*4+1)/5 = 13/5.
    ComparativeCost cost =
        ComparativeCost.of(
            methods(100, 10),
            List.of(seed(1, STAIRS, FALL), seed(2, STAIRS, LATE_FALL)),
            BandRule.PUBLISHED);
    assertThat(cost.notComparable()).isEmpty();
    assertThat(cost.seeds()).containsExactly(1L, 2L);
    assertThat(cost.low()).hasValue(2);
    assertThat(cost.high()).hasValue(10);
    var stairs = cost.methods().get(0);
    assertThat(stairs.costBySeed()).containsExactly(300.0, 300.0);
    assertThat(stairs.cost().standardDeviation()).hasValue(0.0);
    var falls = cost.methods().get(1);
    assertThat(falls.costBySeed()).containsExactly(18.0, 26.0);
    assertThat(falls.meanEpochs().mean().orElseThrow()).isCloseTo(2.2, within(1e-12));
    assertThat(falls.cost().mean().orElseThrow()).isCloseTo(22.0, within(1e-12));
    // sqrt((16 + 16) / 1)
    assertThat(falls.cost().standardDeviation().orElseThrow())
        .isCloseTo(Math.sqrt(32), within(1e-12));
  }

  @Test
  void listsSeedsThatCannotBeComparedAndLeavesThemOut() {
    ComparativeCost cost =
        ComparativeCost.of(
            methods(100, 10),
            List.of(seed(1, STAIRS, FALL), seed(2, STAIRS, LOW)),
            BandRule.PUBLISHED);
    assertThat(cost.notComparable())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.seed()).isEqualTo(2);
              assertThat(left.outcome().reason()).isEqualTo(MeanEpochs.Reason.NO_COMMON_LEVELS);
            });
    assertThat(cost.seeds()).containsExactly(1L);
    var stairs = cost.methods().get(0);
    assertThat(stairs.shareInBand()).hasValue(1);
    assertThat(stairs.cost().count()).isEqualTo(1);
    assertThat(stairs.cost().mean()).hasValue(300.0);
    assertThat(stairs.cost().standardDeviation()).isEmpty();
  }

  @Test
  void givesNoMeanWhenNoSeedCanBeCompared() {
    ComparativeCost cost =
        ComparativeCost.of(methods(100, 10), List.of(seed(2, STAIRS, LOW)), BandRule.PUBLISHED);
    assertThat(cost.methods())
        .allSatisfy(
            method -> {
              assertThat(method.cost().mean()).isEmpty();
              assertThat(method.costBySeed()).isEmpty();
            });
  }

  @Test
  void theCapReachesTheComparison() {
    ComparativeCost cost =
        ComparativeCost.of(
            methods(1, 1),
            List.of(seed(1, STAIRS, FALL)),
            new BandRule(OptionalDouble.of(6), 0, 0));
    // Levels 2, 3, 4, 5, 6: stairs 5, 5, 4, 4, 3; fall always 2.
    assertThat(cost.methods().get(0).cost().mean().orElseThrow()).isCloseTo(4.2, within(1e-12));
    assertThat(cost.methods().get(1).cost().mean().orElseThrow()).isCloseTo(2.0, within(1e-12));
  }

  @Test
  void refusesASeedWithAnotherNumberOfMethods() {
    assertThatThrownBy(
            () ->
                ComparativeCost.of(
                    methods(1, 2, 3), List.of(seed(4, STAIRS, FALL)), BandRule.PUBLISHED))
        .hasMessage("Cannot compare costs: seed 4 has 2 curves for 3 methods");
  }

  @Test
  void estimatesEnergyOfAllProductsAndOfWhatSpikesDrive() {
    Work work = new Work(1_000_000, 300_000, 200_000, 2_000_000, 7);
    assertThat(EnergyEstimate.CMOS_45_NM.joulesOfProducts(work)).isCloseTo(4.6e-6, within(1e-15));
    // 0.3 million products of 4.6 pJ and 2 million additions of 0.9 pJ.
    assertThat(EnergyEstimate.CMOS_45_NM.joulesDrivenBySpikes(work))
        .isCloseTo(1.38e-6 + 1.8e-6, within(1e-15));
    assertThat(EnergyEstimate.CMOS_45_NM.joulesDrivenBySpikes(Work.spiking(9, 2_000_000, 7)))
        .isCloseTo(1.8e-6, within(1e-15));
    Work unknown = new Work(1, Work.UNKNOWN, Work.UNKNOWN, 1, 1);
    assertThat(EnergyEstimate.CMOS_45_NM.joulesDrivenBySpikes(work.plus(unknown))).isNaN();
    assertThat(new EnergyEstimate(1, 0).joulesOfProducts(work)).isCloseTo(1e-6, within(1e-15));
    assertThatThrownBy(() -> new EnergyEstimate(-1, 0.9))
        .hasMessage("Invalid energy of a multiply-accumulate: -1.0 pJ, must be at least 0");
  }
}
