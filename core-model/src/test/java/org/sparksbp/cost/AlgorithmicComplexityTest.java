package org.sparksbp.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlgorithmicComplexityTest {

  /** m = 784, n = 500, k = 10: mn = 392000, nk = 5000, nn = 250000, km = 7840. */
  @ParameterizedTest
  @CsvSource({
    "snn, 397500",
    "bbt, 398284",
    "bp, 794000",
    "rbm, 794000",
    // 397000 + 500 + 4500 + 39200 + 450
    "spiking-mlp-sbp, 441650",
    "brp, 409840",
    "e-prop, 909840",
    "nrr, 909840",
    "diehl-cook, 397000",
    "som, 397000"
  })
  void countsTheRowsOfTheTableForTheMnistNetwork(String row, double complexity) {
    assertThat(AlgorithmicComplexity.named(row).perEpoch(List.of(784, 500, 10)))
        .isCloseTo(complexity, within(1e-6));
  }

  /** N = 5, 4, 3, 2: forward 20 + 12 + 6 = 38, hidden 7, squares 25. */
  @ParameterizedTest
  @CsvSource({
    "snn, 45",
    "bbt, 50",
    "bp, 76",
    "rbm, 76",
    // 38 + 0.1 * 38 + 0.9 * (18 + 7)
    "spiking-mlp-sbp, 64.3",
    "brp, 62",
    "e-prop, 112",
    "som, 38"
  })
  void sumsOverTheLayersOfDeeperNetworks(String row, double complexity) {
    assertThat(AlgorithmicComplexity.named(row).perEpoch(List.of(5, 4, 3, 2)))
        .isCloseTo(complexity, within(1e-9));
  }

  @Test
  void theShareOfBackpropagationLeadsFromLocalToFull() {
    List<Integer> sizes = List.of(784, 500, 10);
    assertThat(AlgorithmicComplexity.SPIKING_MLP_SBP.perEpoch(sizes, 1)).isEqualTo(794000);
    assertThat(AlgorithmicComplexity.SPIKING_MLP_SBP.perEpoch(sizes, 0)).isEqualTo(402500);
  }

  @ParameterizedTest
  @CsvSource({
    "snn, sbp, SNN",
    "snn, symmetric-stdp, SNN",
    "rbm, sbp, RBM",
    "bp-ann, sbp, BACKPROPAGATION",
    "spiking-mlp, bp, BACKPROPAGATION",
    "spiking-mlp, sbp, SPIKING_MLP_SBP",
    "spiking-mlp, bp-skipped, SPIKING_MLP_SBP",
    "spiking-mlp, brp, BRP",
    "spiking-mlp, e-prop, E_PROP"
  })
  void findsTheRowOfAModelAndRule(String model, String rule, AlgorithmicComplexity row) {
    assertThat(AlgorithmicComplexity.of(model, rule)).isEqualTo(row);
  }

  @Test
  void refusesWhatTheTableDoesNotHold() {
    assertThatThrownBy(() -> AlgorithmicComplexity.of("transformer", "bp"))
        .hasMessageStartingWith("Invalid complexity row: transformer, known are [snn, bbt, bp");
    assertThatThrownBy(() -> AlgorithmicComplexity.SNN.perEpoch(List.of(3)))
        .hasMessageStartingWith("Invalid layer sizes: [3]");
    assertThatThrownBy(() -> AlgorithmicComplexity.SNN.perEpoch(List.of(3, 2), 1.5))
        .hasMessage("Invalid share of backpropagation: 1.5, must be from 0 to 1");
  }
}
