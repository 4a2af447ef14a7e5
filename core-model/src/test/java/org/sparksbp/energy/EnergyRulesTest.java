package org.sparksbp.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.ParameterLayout.Block;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/** What the ablations and the control promise beside what all learners do. */
class EnergyRulesTest {

  private static final String TWINS = "network.hidden = [20], rbm.output-leak = 1, rule = ";

  @Test
  void theRescaledNetworkGoesTheWayOfTheOneWithSelfBackpropagation() {
    List<Sample> samples = EnergyLearnerTest.samples(40, 1);
    try (Learner sbp = EnergyLearnerTest.learner(TWINS + "sbp");
        Learner rescaled = EnergyLearnerTest.learner(TWINS + "rescaled");
        Learner plain = EnergyLearnerTest.learner(TWINS + "plain")) {
      float[] start = sbp.parameters();
      assertTwins(sbp, rescaled);
      for (int batch = 0; batch < 12; batch++) {
        SpikeBatch some = new SpikeBatch(samples.subList(batch % 4 * 10, batch % 4 * 10 + 10));
        BatchPosition position = new BatchPosition(1, 1 + batch / 4, 0, batch);
        float[] outputs = sbp.learn(some, position).outputs();
        assertThat(rescaled.learn(some, position).outputs())
            .containsExactly(outputs, within(1e-5f));
        assertThat(plain.learn(some, position).outputs()).isNotEqualTo(outputs);
        assertTwins(sbp, rescaled);
        sbp.memory()
            .entries()
            .forEach(
                (id, states) ->
                    assertThat(rescaled.memory().entries().get(id))
                        .containsExactly(states, within(1e-5f)));
      }
      for (Block block : sbp.layout().blocks()) {
        int end = block.offset() + block.size();
        assertThat(Arrays.copyOfRange(sbp.parameters(), block.offset(), end))
            .as(block.name())
            .isNotEqualTo(Arrays.copyOfRange(start, block.offset(), end));
      }
      SpikeBatch unseen = new SpikeBatch(EnergyLearnerTest.samples(20, 2));
      assertThat(rescaled.infer(unseen).outputs())
          .containsExactly(sbp.infer(unseen).outputs(), within(1e-5f));
    }
  }

  /** W_1' = theta W_1 and b_1' = 2 b_1, the others alike. */
  private static void assertTwins(Learner sbp, Learner rescaled) {
    float[] expected = sbp.parameters();
    for (Block block : sbp.layout().blocks()) {
      float factor =
          switch (block.name()) {
            case "weights-1" -> 0.5f;
            case "biases-1" -> 2f;
            default -> 1f;
          };
      for (int i = block.offset(); i < block.offset() + block.size(); i++) {
        expected[i] *= factor;
      }
    }
    assertThat(rescaled.parameters()).containsExactly(expected, within(1e-5f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.hidden = [20, 20] | network.hidden  | 2 hidden layers",
        "rbm.theta = 0.4           | rbm.theta       | 0.4, must be 0.5",
        "rbm.output-leak = 0       | rbm.output-leak | 0.0, must be 1",
      })
  void refusesToRescaleWhereTheEnergiesAreNotOne(String setting, String key, String reason) {
    assertThatThrownBy(
            () ->
                ModelType.named("rbm")
                    .check(EnergyLearnerTest.configuration(setting + ", rule = rescaled")))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("'" + key + "'")
        .hasMessageContaining(reason)
        .hasMessageContaining("take another rule than rule = rescaled");
  }

  @Test
  void onlyTheLastMatrixAndTheOutputsBiasesLearnWhereHiddenLayersAreFrozen() {
    String deep = "network.hidden = [9, 7], rbm.epsilon = 0.4, rule = ";
    try (Learner frozen = EnergyLearnerTest.learner(deep + "frozen-hidden");
        Learner sbp = EnergyLearnerTest.learner(deep + "sbp")) {
      SpikeBatch batch = new SpikeBatch(EnergyLearnerTest.samples(10, 1));
      float[] start = frozen.parameters();
      assertThat(start).isEqualTo(sbp.parameters());
      frozen.learn(batch, new BatchPosition(1, 1, 0, 0));
      sbp.learn(batch, new BatchPosition(1, 1, 0, 0));
      for (Block block : frozen.layout().blocks()) {
        int end = block.offset() + block.size();
        boolean ofOutputs = block.name().endsWith(block.name().startsWith("weights") ? "2" : "3");
        assertThat(Arrays.copyOfRange(frozen.parameters(), block.offset(), end))
            .as(block.name())
            .isEqualTo(
                Arrays.copyOfRange(ofOutputs ? sbp.parameters() : start, block.offset(), end));
        assertThat(Arrays.copyOfRange(sbp.parameters(), block.offset(), end))
            .isNotEqualTo(Arrays.copyOfRange(start, block.offset(), end));
      }
    }
  }

  @Test
  void frozenHiddenLayersCostNoProductsOfLearning() {
    try (Learner frozen =
        EnergyLearnerTest.learner("network.hidden = [9, 7], rule = frozen-hidden")) {
      SpikeBatch batch = new SpikeBatch(EnergyLearnerTest.samples(10, 1));
      long input = 24 * 9;
      long inner = 9 * 7 + 7 * 3;
      assertThat(frozen.learn(batch, new BatchPosition(1, 1, 0, 0)).work().multiplyAccumulates())
          .isEqualTo(10 * (input + inner * 2 * 20 + 7 * 3 * 2));
      assertThat(frozen.complexityPerEpoch()).isEqualTo(input + inner + 7 * 3);
    }
  }
}
