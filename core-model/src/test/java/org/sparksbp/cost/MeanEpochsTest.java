package org.sparksbp.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.Arrays;
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
                List.of(13 / 5.0, 19 / 5.0),
                // 20 and 12 of fast, all of slow.
                List.of(2 / 5.0, 1.0)));
  }

  @Test
  void anErrorEqualToALevelReachesItAndTheFirstOfTiedEpochsCounts() {
    // Both curves: lo 2, hi 10, levels 2, 4, 6, 8, 10.
    double[] stairs = {10, 8, 8, 6, 6, 4, 4, 2, 2};
    double[] twin = {10, 2};
    // Epochs 8, 6, 4, 2, 1 and 2, 2, 2, 2, 1.
    assertThat(compare(stairs, twin))
        .isEqualTo(
            new Compared(
                List.of(2.0, 4.0, 6.0, 8.0, 10.0), List.of(21 / 5.0, 9 / 5.0), List.of(1.0, 1.0)));
  }

  @Test
  void aCurveThatRisesAgainCountsWhereItFirstFell() {
    double[] bumpy = {9, 1, 9, 5};
    double[] even = {9, 7, 3, 1};
    // Levels 1, 3, 5, 7, 9: bumpy 2, 2, 2, 2, 1; even 4, 3, 3, 2, 1.
    assertThat(compare(bumpy, even))
        .isEqualTo(
            new Compared(
                List.of(1.0, 3.0, 5.0, 7.0, 9.0), List.of(9 / 5.0, 13 / 5.0), List.of(1.0, 1.0)));
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
                List.of(10.0, 13.0, 16.0, 19.0, 22.0),
                List.of(14 / 5.0, 11 / 5.0, 14 / 5.0),
                List.of(1 / 3.0, 1 / 4.0, 1.0)));
  }

  @Test
  void theCapLowersTheUpperLevel() {
    double[] fast = {90, 40, 20, 10};
    double[] slow = {80, 60, 40, 30, 20};
    // lo 20, hi 80 capped at 40: levels 20, 25, 30, 35, 40.
    // Epochs 3, 3, 3, 3, 2 and 5, 5, 4, 4, 3.
    assertThat(compare(capped(40), fast, slow))
        .isEqualTo(
            new Compared(
                List.of(20.0, 25.0, 30.0, 35.0, 40.0),
                List.of(14 / 5.0, 21 / 5.0),
                List.of(2 / 4.0, 3 / 5.0)));
  }

  @Test
  void aCapAboveTheCurvesChangesNothing() {
    double[] fast = {90, 40, 20, 10};
    double[] slow = {80, 60, 40, 30, 20};
    assertThat(compare(capped(95), fast, slow))
        .isEqualTo(compare(fast, slow))
        .isInstanceOf(Compared.class);
  }

  @Test
  void aCapBelowTheLowestCommonErrorLeavesLevelsUnreached() {
    assertNotComparable(
        compare(capped(0.25), new double[] {0.9, 0.2}, new double[] {0.8, 0.3}),
        Reason.LEVELS_NOT_REACHED,
        "all reach 1 of 5 levels: the upper level is capped at 25.00 %, the lowest common error is"
            + " 30.00 %");
  }

  @Test
  void methodsWhoseErrorsDoNotOverlapGiveNoNumber() {
    assertNotComparable(
        compare(new double[] {0.9, 0.8, 0.7}, new double[] {0.5, 0.4, 0.3}),
        Reason.NO_COMMON_LEVELS,
        "no levels that all pass: the best error of one, 70.00 %, is not below the worst of"
            + " another, 50.00 %");
  }

  @Test
  void methodsThatShareASingleErrorGiveNoNumber() {
    assertNotComparable(
        compare(new double[] {0.9, 0.5}, new double[] {0.5, 0.3}),
        Reason.NO_COMMON_LEVELS,
        "no levels that all pass: the best error of one, 50.00 %, is not below the worst of"
            + " another, 50.00 %");
  }

  @Test
  void aDeadNetworkNeverReachesWhatALearningOneDoes() {
    assertNotComparable(
        compare(new double[] {0.95, 0.5, 0.1}, new double[] {0.902, 0.902, 0.902}),
        Reason.NEVER_MOVES,
        "method 1 never moves: its error is 90.20 % after every epoch, so it never reaches what"
            + " others do");
  }

  @Test
  void aBandNarrowerThanTheRuleGivesNoNumber() {
    double[] first = {0.109, 0.100};
    double[] second = {0.2, 0.05};
    assertNotComparable(
        compare(BandRule.DEFAULT, first, second),
        Reason.NARROW_BAND,
        "the common levels, 10.00 % to 10.90 %, are a band of 0.90 points, at least 1.00 are needed");
    BandRule narrower = new BandRule(OptionalDouble.empty(), 0.009, 4);
    assertThat(compare(narrower, first, second)).isInstanceOf(Compared.class);
  }

  @Test
  void theBandIsAtLeastFourStandardErrorsOfTheLowestErrorWhoseIsLargest() {
    double[] first = {0.25, 0.15};
    double[] second = {0.3, 0.1};
    // The band is 0.15 to 0.25. Errors that are not the lowest may be as uncertain as they are.
    MeanEpochs.Curve exact = new MeanEpochs.Curve("exact", first, new double[] {0.9, 0.001});
    assertThat(MeanEpochs.compare(List.of(exact, curve(second, 0.025)), BandRule.DEFAULT))
        .isInstanceOf(Compared.class);
    assertNotComparable(
        MeanEpochs.compare(List.of(exact, curve(second, 0.0255)), BandRule.DEFAULT),
        Reason.NARROW_BAND,
        "the common levels, 15.00 % to 25.00 %, are a band of 10.00 points, at least 10.20 are"
            + " needed");
  }

  private static MeanEpochs.Curve curve(double[] errors, double standardError) {
    double[] standardErrors = new double[errors.length];
    Arrays.fill(standardErrors, standardError);
    return new MeanEpochs.Curve("other", errors, standardErrors);
  }

  @Test
  void aPlateauOnALevelCountsAsOfTheEpochWhereItBegins() {
    int n = 10_000;
    int misses = 0;
    for (int lo = 100; lo < 400; lo++) {
      int hi = lo + 4 * 123;
      for (int quarter = 1; quarter < 4; quarter++) {
        int level = lo + 123 * quarter;
        double[] plateau = new double[50];
        Arrays.fill(plateau, level / (double) n);
        plateau[0] = hi / (double) n;
        plateau[49] = lo / (double) n;
        double rounded = plateau[49] + (plateau[0] - plateau[49]) * quarter / 4;
        misses += rounded < plateau[1] ? 1 : 0;
        Outcome outcome = compare(plateau, plateau);
        // The levels at and above the plateau are reached in epoch 2 and 1, those below at the end.
        double expected = (50.0 * quarter + 2 * (4 - quarter) + 1) / 5;
        assertThat(outcome)
            .asInstanceOf(type(Compared.class))
            .extracting(compared -> compared.meanEpochs().get(0))
            .isEqualTo(expected);
      }
    }
    // So many of these plateaus a comparison of rounded numbers would take for missed.
    assertThat(misses).isPositive();
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
  void oneCurveAloneIsRefused() {
    assertThatThrownBy(() -> compare(new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot compare mean epochs: 1 curves, at least two are needed");
  }

  private static BandRule capped(double cap) {
    return new BandRule(OptionalDouble.of(cap), 0, 0);
  }

  private static Outcome compare(double[]... errors) {
    return compare(BandRule.PUBLISHED, errors);
  }

  private static Outcome compare(BandRule rule, double[]... errors) {
    List<MeanEpochs.Curve> curves = new ArrayList<>();
    for (double[] ofMethod : errors) {
      double[] unknown = new double[ofMethod.length];
      Arrays.fill(unknown, Double.NaN);
      curves.add(new MeanEpochs.Curve("method " + curves.size(), ofMethod, unknown));
    }
    return MeanEpochs.compare(curves, rule);
  }

  private static void assertNotComparable(Outcome outcome, Reason reason, String message) {
    assertThat(outcome)
        .asInstanceOf(type(NotComparable.class))
        .isEqualTo(new NotComparable(reason, message));
  }
}
