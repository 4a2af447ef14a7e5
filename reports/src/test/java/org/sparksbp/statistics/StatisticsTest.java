package org.sparksbp.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void summaryOfFiveSeedsByHand() {
    SeedSummary summary = SeedSummary.of(new double[] {1, 2, 3, 4, 5});

    assertThat(summary.mean()).hasValue(3);
    // squares 4 + 1 + 0 + 1 + 4 over 4
    assertThat(summary.standardDeviation().orElseThrow()).isCloseTo(Math.sqrt(2.5), within(1e-12));
    // t of 4 degrees of freedom at 0.975 is 2.776445 in the tables
    assertThat(summary.halfWidth().orElseThrow())
        .isCloseTo(2.776445 * Math.sqrt(2.5 / 5), within(1e-6));
  }

  @Test
  void oneSeedHasAMeanButNoSpread() {
    SeedSummary summary = SeedSummary.of(new double[] {0.25});

    assertThat(summary.mean()).hasValue(0.25);
    assertThat(summary.standardDeviation()).isEmpty();
    assertThat(summary.halfWidth()).isEmpty();
    assertThat(SeedSummary.of(new double[0]).mean()).isEmpty();
  }

  @Test
  void pairedTTestOfThreeSeedsByHand() {
    // Differences 1, 2, 3: t = 2 / (1 / sqrt 3) = 3.4641. With two degrees of freedom the two-sided
    // p-value is 1 - t / sqrt(2 + t t) = 1 - 3.4641 / 3.7417 = 0.0742.
    PairedComparison comparison =
        PairedComparison.of(new double[] {10, 20, 30}, new double[] {11, 22, 33});

    assertThat(comparison.pairs()).isEqualTo(3);
    assertThat(comparison.meanDifference()).hasValue(2);
    assertThat(comparison.effectSize()).hasValue(2);
    assertThat(comparison.tTest().orElseThrow())
        .isCloseTo(1 - Math.sqrt(12) / Math.sqrt(14), within(1e-9));
    // All three signs the same: 2 of the 8 ways.
    assertThat(comparison.wilcoxon().orElseThrow()).isCloseTo(0.25, within(1e-12));
    assertThat(comparison.reason()).isEmpty();
  }

  @Test
  void wilcoxonOfFiveSeedsWithOneAgainstTheOthersByHand() {
    // Ranks of 1, -2, 3, 4, 5: the negative sum is 2. Of 32 ways 3 have at most that
    // ({}, {1}, {2}): 2 * 3 / 32.
    PairedComparison comparison = PairedComparison.of(new double[5], new double[] {1, -2, 3, 4, 5});

    assertThat(comparison.wilcoxon().orElseThrow()).isCloseTo(6.0 / 32, within(1e-12));
  }

  @Test
  void pairsWithoutDifferenceAreLeftOutOfTheSignedRanks() {
    // What is left, 1, 2, 3, has the p-value of three pairs.
    PairedComparison comparison = PairedComparison.of(new double[5], new double[] {0, 1, 2, 0, 3});

    assertThat(comparison.wilcoxon().orElseThrow()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void manyPairsAreTestedWithoutCountingAllOrders() {
    double[] second = new double[40];
    java.util.Arrays.setAll(second, i -> i + 1);

    assertThat(PairedComparison.of(new double[40], second).wilcoxon().orElseThrow())
        .isBetween(0.0, 1e-6);
  }

  @Test
  void fewerThanThreeSeedsGiveNoPValueAndSaySo() {
    PairedComparison two = PairedComparison.of(new double[] {1, 2}, new double[] {2, 4});

    assertThat(two.tTest()).isEmpty();
    assertThat(two.wilcoxon()).isEmpty();
    assertThat(two.reason()).isEqualTo("no p-value: 2 seeds, three are needed");
    assertThat(two.meanDifference()).hasValue(1.5);
    assertThat(two.effectSize().orElseThrow()).isCloseTo(1.5 / Math.sqrt(0.5), within(1e-12));
    assertThat(PairedComparison.of(new double[0], new double[0]).reason())
        .isEqualTo("no seed has both arms");
  }

  @Test
  void equalDifferencesGiveNoPValue() {
    PairedComparison same = PairedComparison.of(new double[3], new double[] {1, 1, 1});

    assertThat(same.tTest()).isEmpty();
    assertThat(same.effectSize()).isEmpty();
    assertThat(same.reason()).contains("the same for all seeds");
    // 0.1 each time, but for the last bits.
    assertThat(
            PairedComparison.of(new double[] {0.7, 0.8, 0.3}, new double[] {0.8, 0.9, 0.4}).tTest())
        .isEmpty();
  }

  @Test
  void pairsNeedTheSameSeeds() {
    assertThatThrownBy(() -> PairedComparison.of(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 values with 3");
  }

  @Test
  void holmByHand() {
    // Sorted 0.01, 0.03, 0.04: times 3, 2, 1 gives 0.03, 0.06, 0.04, and none below an earlier one.
    assertThat(HolmCorrection.adjusted(new double[] {0.04, 0.01, 0.03}, 3))
        .containsExactly(new double[] {0.06, 0.03, 0.06}, within(1e-12));
    assertThat(HolmCorrection.adjusted(new double[] {0.7, 0.8}, 2))
        .containsExactly(new double[] {1, 1}, within(1e-12));
    assertThat(HolmCorrection.adjusted(new double[0], 0)).isEmpty();
  }

  @Test
  void aFamilyHasTheTestsThatItDeclaresWhateverHasAPValue() {
    // Of five tests three have a p-value: 5 x 0.01, 4 x 0.03, 3 x 0.04 and not below the one
    // before.
    assertThat(HolmCorrection.adjusted(new double[] {0.04, 0.01, 0.03}, 5))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0.12, 0.05, 0.12);
    assertThatThrownBy(() -> HolmCorrection.adjusted(new double[] {0.04, 0.01}, 1))
        .hasMessage("Cannot correct 2 p-values as a family of 1 tests");
  }

  @Test
  void wilcoxonSharesTheRanksOfTiesByHand() {
    // Sizes 1, 1, 1 share rank 2, 2 has rank 4. The negative sum is 2: of 16 ways 4 have at most
    // that, no negative one and each of the three ones: 2 * 4 / 16.
    PairedComparison comparison = PairedComparison.of(new double[4], new double[] {1, 1, -1, 2});

    assertThat(comparison.wilcoxon().orElseThrow()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void differencesThatOnlyRoundingTellsApartAreTies() {
    // One point each, which 0.3 - 0.2 and 0.2 - 0.1 do not come to exactly.
    double[] first = {0.2, 0.1, 0.7, 0.4};
    double[] second = {0.3, 0.2, 0.6, 0.6};
    assertThat(second[0] - first[0]).isNotEqualTo(second[1] - first[1]);

    assertThat(PairedComparison.of(first, second).wilcoxon().orElseThrow())
        .isCloseTo(0.5, within(1e-12));
  }

  @Test
  void ratioOverAConstantIsTheIntervalOfTheMeanByHand() {
    // t of one degree of freedom at 0.975 is 12.7062; the deviation of 2 and 4 over sqrt 2 is 1.
    RatioInterval ratio = RatioInterval.of(new double[] {1, 1}, new double[] {2, 4});

    assertThat(ratio.ratio()).hasValue(3);
    assertThat(ratio.low().orElseThrow()).isCloseTo(3 - 12.7062, within(1e-4));
    assertThat(ratio.high().orElseThrow()).isCloseTo(3 + 12.7062, within(1e-4));
  }

  @Test
  void ratioOfProportionalSeedsIsExactHoweverTheySpread() {
    RatioInterval ratio = RatioInterval.of(new double[] {3, 4, 5.5}, new double[] {1.5, 2, 2.75});

    assertThat(ratio.low().orElseThrow()).isCloseTo(0.5, within(1e-6));
    assertThat(ratio.high().orElseThrow()).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void ratioHasNoIntervalWhereItsDenominatorMayBeZeroOrOneSeedIsAllThereIs() {
    RatioInterval wide = RatioInterval.of(new double[] {1, 100}, new double[] {1, 2});
    assertThat(wide.ratio()).hasValue(3 / 101.0);
    assertThat(wide.low()).isEmpty();
    assertThat(wide.shown()).isEmpty();
    RatioInterval single = RatioInterval.of(new double[] {2}, new double[] {1});
    assertThat(single.ratio()).hasValue(0.5);
    assertThat(single.high()).isEmpty();
    assertThat(RatioInterval.of(new double[0], new double[0]).ratio()).isEmpty();
  }
}
