package org.sparksbp.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.learner.LayerSizes;

class AlgorithmicComplexityTest {

  private static final LayerSizes MNIST = LayerSizes.of(784, 500, 10);

  /** m = 784, n = 500, k = 10: mn = 392000, nk = 5000, nn = 250000, km = 7840. */
  @ParameterizedTest
  @CsvSource({
    "SNN, 397500",
    "RBM, 794000",
    "BACKPROPAGATION, 794000",
    // 397000 + 500 + 4500 + 39200 + 450
    "SPIKING_MLP_SBP, 441650",
    "SPIKING_MLP_WITHOUT_LOCAL_TERMS, 441200",
    "BRP, 409840",
    "E_PROP, 909840",
    "E_PROP_FEED_FORWARD, 409840"
  })
  void countsTheRowsOfTheTableForTheMnistNetwork(AlgorithmicComplexity row, double complexity) {
    assertThat(row.perEpoch(MNIST, 0.1)).isCloseTo(complexity, within(1e-6));
  }

  /** N = 5, 4, 3, 2: hidden matrices 20 and 12, output matrix 6, hidden neurons 7, squares 25. */
  @ParameterizedTest
  @CsvSource({
    "SNN, 45",
    "RBM, 76",
    "BACKPROPAGATION, 76",
    // 32 + 0.1 * 32 + 0.9 * 7 + 2 * 6
    "SPIKING_MLP_SBP, 53.5",
    "SPIKING_MLP_WITHOUT_LOCAL_TERMS, 47.2",
    "BRP, 62",
    "E_PROP, 112",
    "E_PROP_FEED_FORWARD, 62"
  })
  void sumsOverTheLayersOfDeeperNetworks(AlgorithmicComplexity row, double complexity) {
    assertThat(row.perEpoch(LayerSizes.of(5, 4, 3, 2), 0.1)).isCloseTo(complexity, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"SNN, 397000, 38", "RBM, 402000, 44", "BACKPROPAGATION, 402000, 44"})
  void frozenHiddenLayersCostNoLearning(
      AlgorithmicComplexity row, double ofMnist, double ofFourLayers) {
    assertThat(row.perEpochWithFrozenHidden(MNIST)).isCloseTo(ofMnist, within(1e-6));
    assertThat(row.perEpochWithFrozenHidden(LayerSizes.of(5, 4, 3, 2)))
        .isCloseTo(ofFourLayers, within(1e-9));
  }

  @Test
  void theShareOfBackpropagationLeadsFromLocalToFull() {
    assertThat(AlgorithmicComplexity.SPIKING_MLP_SBP.perEpoch(MNIST, 1))
        .isEqualTo(AlgorithmicComplexity.BACKPROPAGATION.perEpoch(MNIST))
        .isEqualTo(794000);
    assertThat(AlgorithmicComplexity.SPIKING_MLP_SBP.perEpoch(MNIST, 0)).isEqualTo(402500);
  }

  @Test
  void refusesAShareThatIsNone() {
    assertThatThrownBy(() -> AlgorithmicComplexity.SNN.perEpoch(MNIST, 1.5))
        .hasMessage("Invalid share of backpropagation: 1.5, must be from 0 to 1");
  }
}
