package org.sparksbp.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerSizesTest {

  @Test
  void countsNeuronsAndSynapses() {
    LayerSizes sizes = LayerSizes.of(5, List.of(4, 3), 2);
    assertThat(sizes.toArray()).containsExactly(5, 4, 3, 2);
    assertThat(sizes.matrices()).isEqualTo(3);
    assertThat(sizes.inputs()).isEqualTo(5);
    assertThat(sizes.outputs()).isEqualTo(2);
    assertThat(sizes.synapses(1)).isEqualTo(12);
    assertThat(sizes.allSynapses()).isEqualTo(20 + 12 + 6);
    assertThat(sizes.hiddenNeurons()).isEqualTo(7);
  }

  @Test
  void refusesMoreWeightsThanAnArrayHolds() {
    assertThat(LayerSizes.of(1, List.of((1 << 30) - 1), 1).allSynapses())
        .isEqualTo(Integer.MAX_VALUE - 1);
    for (List<Integer> hidden :
        List.of(List.of(Integer.MAX_VALUE), List.of(Integer.MAX_VALUE, Integer.MAX_VALUE))) {
      assertThatThrownBy(() -> LayerSizes.of(784, hidden, 10))
          .isInstanceOf(ConfigException.BadValue.class)
          .hasMessageContaining("network.hidden")
          .hasMessageContaining("more than 2147483647 weights");
    }
  }

  @Test
  void refusesALayerWithoutNeuronsAndASingleLayer() {
    assertThatThrownBy(() -> LayerSizes.of(3, List.of(), 0))
        .hasMessage(
            "Invalid layer sizes: [3, 0], at least an input and an output layer of 1 neuron");
    assertThatThrownBy(() -> LayerSizes.of(3)).hasMessageStartingWith("Invalid layer sizes: [3]");
  }
}
