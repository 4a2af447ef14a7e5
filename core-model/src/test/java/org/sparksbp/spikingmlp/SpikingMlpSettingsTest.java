package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

class SpikingMlpSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rule = stdp | rule",
        "network.hidden = [] | network.hidden",
        "network.hidden = [500, 0] | network.hidden",
        "spiking-mlp.steps = 0 | spiking-mlp.steps",
        "spiking-mlp.input = rate | spiking-mlp.input",
        "spiking-mlp.leak = 1.5 | spiking-mlp.leak",
        "spiking-mlp.threshold = 0 | spiking-mlp.threshold",
        "spiking-mlp.tonic-inhibition = -1 | spiking-mlp.tonic-inhibition",
        "spiking-mlp.surrogate = triangle | spiking-mlp.surrogate",
        "spiking-mlp.learning-rate = NaN | spiking-mlp.learning-rate",
        "spiking-mlp.learning-rate = -1 | spiking-mlp.learning-rate",
        "spiking-mlp.learning-rate-decay-epochs = 0 | spiking-mlp.learning-rate-decay-epochs",
        "spiking-mlp.learning-rate-decay-factor = 2 | spiking-mlp.learning-rate-decay-factor",
        "spiking-mlp.adam.first-moment-decay = 1 | spiking-mlp.adam.first-moment-decay",
        "spiking-mlp.adam.second-moment-decay = NaN | spiking-mlp.adam.second-moment-decay",
        "spiking-mlp.adam.epsilon = 0 | spiking-mlp.adam.epsilon",
        "spiking-mlp.energy-term = -0.1 | spiking-mlp.energy-term",
        "spiking-mlp.exact-every = -1 | spiking-mlp.exact-every",
        "spiking-mlp.bp-every = 0 | spiking-mlp.bp-every",
        "spiking-mlp.frame-stride = -1 | spiking-mlp.frame-stride",
        "spiking-mlp.surrogate-width = -0.1 | spiking-mlp.surrogate-width",
        "spiking-mlp.current = log | spiking-mlp.current",
        "spiking-mlp.readout = mean-sigmoid | spiking-mlp.readout",
        "spiking-mlp.loss = hinge | spiking-mlp.loss",
        "rule = brp, spiking-mlp.brp.surrogate-width = -1 | spiking-mlp.brp.surrogate-width",
        "rule = bp, spiking-mlp.learnable-leak = on, spiking-mlp.leak = 0 | spiking-mlp.leak",
      })
  void refusesASettingThatMakesNoSenseAndNamesItsKey(String change, String key) {
    assertThatThrownBy(
            () -> ModelType.named("spiking-mlp").check(TestNetworks.configuration(change)))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("Invalid value at '" + key + "'");
  }

  @Test
  void namesTheKnownSurrogates() {
    assertThatThrownBy(
            () -> SpikingMlpSettings.of(TestNetworks.configuration("spiking-mlp.surrogate = x")))
        .hasMessageContaining("rectangular, sigmoid, fast-sigmoid, atan, triangular");
  }

  @Test
  void refusesSpikeTrainsOfAnotherLengthAndSaysWhatToDo() {
    assertThatThrownBy(
            () ->
                ModelType.named("spiking-mlp")
                    .create(TestNetworks.configuration(""), new NetworkShape(12, 3, 100)))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("spiking-mlp.steps")
        .hasMessageContaining("set it to 100");
  }

  @Test
  void longerTrainsAreOfferedAStride() {
    assertThatThrownBy(
            () ->
                ModelType.named("spiking-mlp")
                    .create(
                        TestNetworks.configuration("spiking-mlp.steps = 20"),
                        new NetworkShape(12, 3, 100)))
        .hasMessageContaining("spiking-mlp.frame-stride to 5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sbp | spiking-mlp.learnable-leak = on | bp, bp-without-biases",
        "frozen-hidden | spiking-mlp.learnable-leak = on | bp, bp-without-biases",
        "e-prop | spiking-mlp.loss = cross-entropy | bp, bp-without-biases, sbp-steps-only, frozen-hidden",
        "nrr | spiking-mlp.readout = last-membrane | bp, bp-without-biases, sbp-steps-only, frozen-hidden",
      })
  void whatARuleDoesNotLearnByIsRefusedWithTheRulesThatDo(
      String rule, String change, String rules) {
    assertThatThrownBy(
            () ->
                SpikingMlpSettings.of(TestNetworks.configuration("rule = " + rule + ", " + change)))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining(
            "rule " + rule + " does not learn by it: set rule to one of " + rules);
  }

  @Test
  void aRulesOwnSettingsStandInPlaceOfTheCommonOnesForItAlone() {
    SpikingMlpSettings brp = SpikingMlpSettings.of(TestNetworks.configuration("rule = brp"));
    assertThat(brp.steps()).isEqualTo(5);
    assertThat(brp.surrogateWidth()).isEqualTo(0.5f);
    assertThat(brp.neuron().inhibition()).isZero();
    assertThat(brp.neuron().current()).isEqualTo(InputCurrent.LINEAR);
    SpikingMlpSettings bp = SpikingMlpSettings.of(TestNetworks.configuration("rule = bp"));
    assertThat(bp.steps()).isEqualTo(TestNetworks.STEPS);
    assertThat(bp.surrogateWidth()).isEqualTo(0.3f);
    assertThat(bp.neuron().current()).isEqualTo(InputCurrent.SIGMOID);
    assertThat(
            SpikingMlpSettings.of(
                    TestNetworks.configuration("rule = brp, spiking-mlp.brp.steps = 20"))
                .steps())
        .isEqualTo(20);
  }

  @Test
  void theLearningRateFallsByTheFactorAfterEveryGivenNumberOfEpochs() {
    var schedule = SpikingMlpSettings.of(TestNetworks.configuration("")).schedule();
    assertThat(schedule.rate(50)).isEqualTo(1e-3);
    assertThat(schedule.rate(51)).isEqualTo(1e-4);
    assertThat(schedule.rate(100)).isEqualTo(1e-4);
  }

  @ParameterizedTest
  @CsvSource({
    "bp, 794000",
    "bp-without-biases, 794000",
    "sbp, 441650",
    "flat, 441650",
    "sbp-steps-only, 441200",
    "sbp-local-only, 402500",
    "frozen-hidden, 402000",
    "sbp-updates, 441650",
    "bp-skipped, 441200",
    "brp, 409840",
    "e-prop, 909840",
    "nrr, 909840",
  })
  void complexityIsThatOfTheStudy(String rule, double complexity) {
    // m = 784, n = 500, k = 10, q = 0.1
    var learner =
        ModelType.named("spiking-mlp")
            .create(
                TestNetworks.configuration(
                    "network.hidden = [500], spiking-mlp.input = bernoulli, spiking-mlp.steps = 20, rule = "
                        + rule),
                new NetworkShape(784, 10, 20));
    assertThat(learner.complexityPerEpoch())
        .isCloseTo(complexity, org.assertj.core.data.Offset.offset(1e-6));
  }
}
