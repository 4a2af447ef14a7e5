package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Work;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

class LearningRulesTest {

  private static final int HIDDEN_SYNAPSES = TestNetworks.CHANNELS * 7;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rule = bp",
        "rule = bp, spiking-mlp.surrogate = sigmoid",
        "rule = bp, spiking-mlp.surrogate = fast-sigmoid",
        "rule = bp, spiking-mlp.surrogate = atan",
        "rule = bp, spiking-mlp.surrogate = triangular",
        "rule = bp, spiking-mlp.learnable-leak = on",
        "rule = bp, spiking-mlp.loss = cross-entropy",
        "rule = bp, spiking-mlp.readout = mean-membrane",
        "rule = bp, spiking-mlp.readout = last-membrane, spiking-mlp.loss = cross-entropy",
        "rule = bp, spiking-mlp.input = bernoulli",
        "rule = bp, spiking-mlp.energy-term = 0.1",
        "rule = bp-without-biases",
        "rule = sbp, spiking-mlp.exact-every = 3",
        "rule = sbp, spiking-mlp.exact-every = 3, network.hidden = [20, 15]",
        "rule = sbp-steps-only, spiking-mlp.exact-every = 3",
        "rule = sbp-local-only",
        "rule = flat, spiking-mlp.exact-every = 3",
        "rule = frozen-hidden",
        "rule = sbp-updates",
        "rule = sbp-updates, network.hidden = [20, 15]",
        "rule = bp-skipped",
        "rule = brp, spiking-mlp.brp.steps = 8",
        "rule = nrr",
        "rule = e-prop",
        "rule = e-prop, spiking-mlp.e-prop.recurrent = off",
      })
  void learnsThreeClassesOfInput(String changes) {
    SpikingMlp network =
        TestNetworks.network(
            "network.hidden = [20], spiking-mlp.learning-rate = 0.01, " + changes,
            SpikeFunction.STEP);
    List<Sample> all = TestNetworks.samples(150, TestNetworks.STEPS);
    for (int epoch = 1; epoch <= 12; epoch++) {
      for (int batch = 0; batch < 9; batch++) {
        network.learn(
            new SpikeBatch(all.subList(10 * batch, 10 * batch + 10)),
            new BatchPosition(1, epoch, 0, batch));
      }
    }
    List<Sample> unseen = all.subList(90, 150);
    float[] outputs = network.infer(new SpikeBatch(unseen)).outputs();
    assertThat(rightOnes(unseen, outputs)).isGreaterThan(48);
  }

  private static int rightOnes(List<Sample> samples, float[] outputs) {
    int right = 0;
    for (int row = 0; row < samples.size(); row++) {
      int best = 0;
      for (int k = 1; k < TestNetworks.OUTPUTS; k++) {
        if (outputs[row * TestNetworks.OUTPUTS + k] > outputs[row * TestNetworks.OUTPUTS + best]) {
          best = k;
        }
      }
      right += best == samples.get(row).label() ? 1 : 0;
    }
    return right;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sbp-updates", "bp-skipped"})
  void theLastOfEveryTenUpdatesOfTheFirstEpochIsByBackpropagation(String rule) {
    float[] byBackpropagation = gradient("rule = bp", 1, 0);
    for (int batch = 0; batch < 20; batch++) {
      float[] gradient = gradient("rule = " + rule, 1, batch);
      if (batch % 10 == 9) {
        assertThat(gradient).isEqualTo(byBackpropagation);
      } else {
        assertThat(gradient).isNotEqualTo(byBackpropagation);
      }
    }
  }

  @Test
  void oneBatchAnEpochStillGetsItsShareOfBackpropagation() {
    float[] byBackpropagation = gradient("rule = bp", 1, 0);
    long updates = 0;
    for (int epoch = 1; epoch <= 40; epoch++) {
      updates +=
          java.util.Arrays.equals(gradient("rule = sbp-updates", epoch, 0), byBackpropagation)
              ? 1
              : 0;
    }
    assertThat(updates).isEqualTo(4);
  }

  @Test
  void updatesOfLocalTermsKeepTheOutputGradientAndLeaveTheBiasesAlone() {
    float[] byBackpropagation = gradient("rule = bp", 1, 0);
    float[] local = gradient("rule = sbp-updates", 1, 0);
    float[] skipped = gradient("rule = bp-skipped", 1, 0);
    int outputs = 7 * TestNetworks.OUTPUTS;
    int from = HIDDEN_SYNAPSES + 7;
    for (int i = 0; i < local.length; i++) {
      if (i < HIDDEN_SYNAPSES) {
        assertThat(skipped[i]).isZero();
      } else if (i >= from && i < from + outputs) {
        assertThat(local[i]).isEqualTo(byBackpropagation[i]);
        assertThat(skipped[i]).isEqualTo(byBackpropagation[i]);
      } else {
        assertThat(local[i]).isZero();
        assertThat(skipped[i]).isZero();
      }
    }
    assertThat(local).isNotEqualTo(skipped);
  }

  @Test
  void eligibilityTracesRunForwardInTimeGiveTheSameGradient() {
    EligibilityReference.assertAgrees(EligibilityReference.Rule.E_PROP);
  }

  @Test
  void soTheyDoWithTheTargetProjectedAndASigmoidReadout() {
    EligibilityReference.assertAgrees(EligibilityReference.Rule.NRR);
  }

  @Test
  void rewardPropagationHasNeuronsOfItsOwnAndNoPathThroughTheReset() {
    EligibilityReference.assertAgrees(EligibilityReference.Rule.BRP);
  }

  @Test
  void ofATrainOfTwiceTheStepsTheFirstOfEachTwoIsSeen() {
    Sample whole = TestNetworks.samples(1, TestNetworks.STEPS).get(0);
    SpikeTrain.Builder spread =
        new SpikeTrain.Builder(2 * TestNetworks.STEPS, TestNetworks.CHANNELS);
    for (int step = 0; step < 2 * TestNetworks.STEPS; step++) {
      for (int channel = 0; channel < TestNetworks.CHANNELS; channel++) {
        boolean spike = step % 2 == 0 ? has(whole.spikes(), step / 2, channel) : channel % 3 == 0;
        if (spike) {
          spread.add(step, channel);
        }
      }
    }
    Sample twice =
        new Sample(whole.id(), spread.build(), whole.target(), whole.label(), whole.group());
    for (int stride : new int[] {0, 2}) {
      String rule = "rule = bp, spiking-mlp.frame-stride = " + stride;
      SpikingMlp network = TestNetworks.network(rule, SpikeFunction.STEP);
      BackpropagationTest.drawParameters(network);
      SpikeBatch batch = new SpikeBatch(List.of(whole));
      SpikeBatch longer = new SpikeBatch(List.of(twice));
      assertThat(network.gradient(longer, new BatchPosition(1, 1, 0, 0)))
          .isEqualTo(network.gradient(batch, new BatchPosition(1, 1, 0, 0)));
      assertThat(network.infer(longer).work()).isEqualTo(network.infer(batch).work());
    }
    SpikingMlp every = TestNetworks.network("rule = bp", SpikeFunction.STEP);
    assertThatThrownBy(() -> every.infer(new SpikeBatch(List.of(twice))))
        .hasMessageContaining("has 16 steps, this network takes 1 or 8, see spiking-mlp.frame-str");
  }

  private static boolean has(SpikeTrain train, int step, int channel) {
    boolean[] found = {false};
    train.forEach((when, which) -> found[0] |= when == step && which == channel);
    return found[0];
  }

  @Test
  void drawnInputIsRedrawnInEveryEpochButNotAtInference() {
    SpikingMlp network =
        TestNetworks.network("rule = bp, spiking-mlp.input = bernoulli", SpikeFunction.STEP);
    BackpropagationTest.drawParameters(network);
    SpikeBatch batch = new SpikeBatch(TestNetworks.samples(5, TestNetworks.STEPS));
    assertThat(network.gradient(batch, new BatchPosition(1, 1, 0, 0)))
        .isEqualTo(network.gradient(batch, new BatchPosition(1, 1, 0, 0)))
        .isNotEqualTo(network.gradient(batch, new BatchPosition(1, 2, 0, 0)));
    assertThat(network.infer(batch).outputs()).isEqualTo(network.infer(batch).outputs());
  }

  @Test
  void workIsCountedOnTheDenseEquationsAndSpikesByTheirFanOut() {
    SpikingMlp network = TestNetworks.network("rule = bp", SpikeFunction.STEP);
    float[] flat = network.parameters();
    java.util.Arrays.fill(flat, 0, HIDDEN_SYNAPSES, 0f);
    java.util.Arrays.fill(flat, HIDDEN_SYNAPSES, HIDDEN_SYNAPSES + 2, 9f); // two always fire
    java.util.Arrays.fill(flat, HIDDEN_SYNAPSES + 2, HIDDEN_SYNAPSES + 7, -9f);
    java.util.Arrays.fill(flat, HIDDEN_SYNAPSES + 7, (flat.length - 1) / 3, 0f);
    for (int k = 1; k <= TestNetworks.OUTPUTS; k++) {
      flat[(flat.length - 1) / 3 - k] = -9f;
    }
    network.setParameters(flat);
    SpikeTrain train = SpikeTrain.of(TestNetworks.CHANNELS, new int[][] {{0, 5, 11}});
    SpikeBatch batch =
        new SpikeBatch(List.of(new Sample("a", train, new float[] {1, 0, 0}, 0, "a")));
    long steps = TestNetworks.STEPS;
    long hiddenMatrix = steps * HIDDEN_SYNAPSES;
    long outputMatrix = steps * 7 * TestNetworks.OUTPUTS;

    Work inferred = network.infer(batch).work();
    Work learned = network.learn(batch, new BatchPosition(1, 1, 0, 0)).work();

    assertThat(inferred)
        .isEqualTo(
            Work.spiking(
                hiddenMatrix + outputMatrix,
                steps * (3 * 7 + 2 * TestNetworks.OUTPUTS),
                steps * 2));
    // Of backpropagation: errors through the output matrix, and errors times spikes for both.
    assertThat(learned).isEqualTo(inferred.plus(Work.graded(hiddenMatrix + 2 * outputMatrix)));
  }

  private static float[] gradient(String changes, int epoch, int batch) {
    SpikingMlp network = TestNetworks.network(changes, SpikeFunction.STEP);
    return network.gradient(
        new SpikeBatch(TestNetworks.samples(6, TestNetworks.STEPS)),
        new BatchPosition(1, epoch, 0, batch));
  }
}
