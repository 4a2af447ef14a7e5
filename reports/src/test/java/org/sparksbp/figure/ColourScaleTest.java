package org.sparksbp.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColourScaleTest {

  @Test
  void valuesNearEachOtherHaveColoursInEqualSteps() {
    ColourScale scale = Palette.of(List.of(new double[] {2, 4, Double.NaN}, new double[] {10}));
    assertThat(scale.isLogarithmic()).isFalse();
    assertThat(scale.at(0.25)).isEqualTo(4);
    assertThat(scale.getPaint(4)).isEqualTo(Palette.values(0, 1).getPaint(0.25));
  }

  @Test
  void oneValueFarFromTheOthersDoesNotMakeThemAlike() {
    ColourScale scale = Palette.of(List.of(new double[] {1.9, 2.4, 63}));
    assertThat(scale.isLogarithmic()).isTrue();
    assertThat(scale.getPaint(1.9)).isNotEqualTo(scale.getPaint(2.4));
    assertThat(Palette.values(1.9, 63).getPaint(1.9))
        .isEqualTo(Palette.values(1.9, 63).getPaint(2.3));
    assertThat(scale.at(0)).isEqualTo(1.9);
    assertThat(scale.at(0.5)).isEqualTo(Math.sqrt(1.9 * 63), within(1e-9));
    assertThat(scale.at(1)).isEqualTo(63, within(1e-9));
  }

  @Test
  void noLogarithmIsTakenOfAnErrorOfNothing() {
    ColourScale scale = Palette.of(List.of(new double[] {0, 0.1, 50}));
    assertThat(scale.isLogarithmic()).isFalse();
    assertThat(scale.getPaint(50)).isEqualTo(Palette.values(0, 1).getPaint(1));
  }

  @Test
  void allValuesAlikeAndNoneAtAllHaveAColour() {
    assertThat(Palette.of(List.of(new double[] {7, 7})).getPaint(7))
        .isEqualTo(Palette.values(0, 1).getPaint(0.5));
    assertThat(Palette.of(List.of(new double[] {Double.NaN})).at(1)).isEqualTo(1);
  }
}
