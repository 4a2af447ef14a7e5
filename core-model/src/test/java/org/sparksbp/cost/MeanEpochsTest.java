package org.sparksbp.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.sparksbp.cost.MeanEpochs.Compared;
import org.sparksbp.cost.MeanEpochs.NotComparable;
import org.sparksbp.cost.MeanEpochs.Outcome;
import org.sparksbp.cost.MeanEpochs.Reason;

class MeanEpochsTest {

  @Test
  void twoMethodsAreComparedAtFiveLevelsFromLowToHigh() {
    // lo = max(8, 10) = 10, hi = min(50, 48) = 48: levels 10, 19.5, 29, 38.5, 48.
    double[] fast = {50, 20, 12, 9, 8};
    double[] slow = {48, 40, 30, 20, 15, 10};
    assertThat(compare(fast, slow))
        .isEqualTo(
            new Compared(
                List.of(10.0, 19.5, 29.0, 38.5, 48.0),
                // fast reaches them in epochs 4, 3, 2, 2, 2; slow in 6, 5, 4, 3, 1.
                List.of(13 / 5.0, 19 / 5.0)));
  }

  @Test
  void anErrorEqualToALevelReachesItAndTheFirstOfTiedEpochsCounts() {
    // Both curves: lo 2, hi 10, levels 2, 4, 6, 8, 10.
    double[] stairs = {10, 8, 8, 6, 6, 4, 4, 2, 2};
    double[] twin = {10, 2};
    // Epochs 8, 6, 4, 2, 1 and 2, 2, 2, 2, 1.
    assertThat(compare(stairs, twin))
        .isEqualTo(new Compared(List.of(2.0, 4.0, 6.0, 8.0, 10.0), List.of(21 / 5.0, 9 / 5.0)));
  }

  @Test
  void aCurveThatRisesAgainCountsWhereItFirstFell() {
    double[] bumpy = {9, 1, 9, 5};
    double[] even = {9, 7, 3, 1};
    // Levels 1, 3, 5, 7, 9: bumpy 2, 2, 2, 2, 1; even 4, 3, 3, 2, 1.
    assertThat(compare(bumpy, even))
        .isEqualTo(new Compared(List.of(1.0, 3.0, 5.0, 7.0, 9.0), List.of(9 / 5.0, 13 / 5.0)));
  }

  @Test
  void threeMethodsShareTheLevelsOfTheWorstBestAndTheBestWorst() {
    double[] first = {40, 20, 4};
    double[] second = {30, 12, 8, 6};
    double[] third = {22, 18, 14, 10};
    // lo = max(4, 6, 10), hi = min(40, 30, 22): levels 10, 13, 16, 19, 22.
    // Epochs 3, 3, 3, 3, 2; 3, 2, 2, 2, 2; 4, 4, 3, 2, 1.
    assertThat(compare(first, second, third))
        .isEqualTo(
            new Compared(
                List.of(10.0, 13.0, 16.0, 19.0, 22.0), List.of(14 / 5.0, 11 / 5.0, 14 / 5.0)));
  }

  @Test
  void theCapLowersTheUpperLevel() {
    double[] fast = {90, 40, 20, 10};
    double[] slow = {80, 60, 40, 30, 20};
    // lo 20, hi 80 capped at 40: levels 20, 25, 30, 35, 40.
    // Epochs 3, 3, 3, 3, 2 and 5, 5, 4, 4, 3.
    assertThat(MeanEpochs.compare(List.of(fast, slow), OptionalDouble.of(40)))
        .isEqualTo(
            new Compared(List.of(20.0, 25.0, 30.0, 35.0, 40.0), List.of(14 / 5.0, 21 / 5.0)));
  }

  @Test
  void aCapAboveTheCurvesChangesNothing() {
    double[] fast = {90, 40, 20, 10};
    double[] slow = {80, 60, 40, 30, 20};
    assertThat(MeanEpochs.compare(List.of(fast, slow), OptionalDouble.of(95)))
        .isEqualTo(compare(fast, slow))
        .isInstanceOf(Compared.class);
  }

  @Test
  void aCapBelowTheLowestCommonErrorLeavesLevelsUnreached() {
    assertNotComparable(
        MeanEpochs.compare(
            List.of(new double[] {90, 20}, new double[] {80, 30}), OptionalDouble.of(25)),
        Reason.LEVELS_NOT_REACHED,
        "all methods reach 1 of 5 levels: the upper level is capped at 25.0, the lowest common"
            + " error is 30.0");
  }

  @Test
  void methodsWhoseErrorsDoNotOverlapGiveNoNumber() {
    assertNotComparable(
        compare(new double[] {9, 8, 7}, new double[] {5, 4, 3}),
        Reason.NO_COMMON_LEVELS,
        "lowest common error 7.0 is above the highest common error 5.0");
  }

  @Test
  void aSingleEpochGivesNoNumber() {
    assertNotComparable(
        compare(new double[] {9, 8}, new double[] {8.5}),
        Reason.SINGLE_EPOCH,
        "method 1 has 1 epochs, at least two are needed");
  }

  @Test
  void aDivergedCurveGivesNoNumber() {
    assertNotComparable(
        compare(new double[] {9, Double.NaN}, new double[] {9, 8}),
        Reason.NOT_A_NUMBER,
        "method 0 has an error that is not a finite number");
  }

  @Test
  void levelsThatCoincideAreReachedTogether() {
    assertThat(compare(new double[] {5, 5}, new double[] {7, 5}))
        .isEqualTo(new Compared(List.of(5.0, 5.0, 5.0, 5.0, 5.0), List.of(1.0, 2.0)));
  }

  @Test
  void oneCurveAloneIsRefused() {
    assertThatThrownBy(() -> compare(new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot compare mean epochs: 1 curves, at least two are needed");
  }

  private static Outcome compare(double[]... curves) {
    return MeanEpochs.compare(List.of(curves));
  }

  private static void assertNotComparable(Outcome outcome, Reason reason, String message) {
    assertThat(outcome)
        .asInstanceOf(type(NotComparable.class))
        .isEqualTo(new NotComparable(reason, message));
  }
}
