package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spikingmlp.StepwiseReference.Terms;

class SelfBackpropagatedStepsTest {

  private static final BatchPosition POSITION = new BatchPosition(1, 1, 0, 0);
  private static final int STEPS = TestNetworks.STEPS;

  static Stream<Arguments> rules() {
    return Stream.of("7", "7, 5", "6, 5, 4")
        .flatMap(hidden -> Stream.of(1, STEPS).map(trainSteps -> List.of(hidden, trainSteps)))
        .flatMap(
            network ->
                Stream.of(
                        Arguments.of("sbp", 3, new Terms(3, true, false)),
                        Arguments.of("sbp", 0, new Terms(0, true, false)),
                        Arguments.of("sbp", STEPS + 1, new Terms(0, true, false)),
                        Arguments.of("sbp-steps-only", 3, new Terms(3, false, false)),
                        Arguments.of("sbp-steps-only", 8, new Terms(8, false, false)),
                        Arguments.of("sbp-local-only", 3, new Terms(0, true, false)),
                        Arguments.of("flat", 3, new Terms(3, true, true)),
                        Arguments.of("flat", 0, new Terms(0, true, true)),
                        Arguments.of("bp-without-biases", 3, new Terms(1, false, false)))
                    .map(
                        rule ->
                            Arguments.of(
                                network.get(0),
                                network.get(1),
                                rule.get()[0],
                                rule.get()[1],
                                rule.get()[2])));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theGradientIsMadeStepByStepAndThatOfBiasesIsZero(
      String hidden, int trainSteps, String rule, int exactEvery, Terms terms) {
    List<Sample> samples = TestNetworks.samples(4, trainSteps);
    SpikingMlp network = network(rule, exactEvery, hidden);
    double[][][] expected =
        new StepwiseReference(sizes(hidden), network.parameters(), samples).gradient(terms);

    float[] gradient = network.gradient(new SpikeBatch(samples), POSITION);

    int at = 0;
    for (double[][] matrix : expected) {
      double[] values = Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
      assertThat(
              BackpropagationTest.relativeDistance(
                  Arrays.copyOfRange(gradient, at, at + values.length), values))
          .isLessThan(1e-4);
      at += values.length;
      for (int end = at + matrix[0].length; at < end; at++) {
        assertThat(gradient[at]).isZero();
      }
    }
    assertThat(at).isEqualTo(gradient.length);
  }

  /** They are far smaller than the exact ones, so beside those they must be looked at apart. */
  @ParameterizedTest
  @CsvSource({"false, 4", "true, 4", "false, 16", "false, 17", "false, 40"})
  void theLocalTermsComeOnTopOfTheExactStepsFromTheOtherSteps(boolean flat, int samples) {
    SpikeBatch batch = new SpikeBatch(TestNetworks.samples(samples, STEPS));
    String rule = flat ? "flat" : "sbp";
    SpikingMlp network = network(rule, 3, "7");
    float[] whole = network.gradient(batch, POSITION);
    float[] exact = network("sbp-steps-only", 3, "7").gradient(batch, POSITION);
    StepwiseReference reference =
        new StepwiseReference(sizes("7"), network.parameters(), batch.samples());
    double[][] withLocal = reference.gradient(new Terms(3, true, flat))[0];
    double[][] without = reference.gradient(new Terms(3, false, flat))[0];
    int synapses = TestNetworks.CHANNELS * 7;
    float[] local = new float[synapses];
    double[] expected = new double[synapses];
    for (int i = 0; i < synapses; i++) {
      local[i] = whole[i] - exact[i];
      expected[i] = withLocal[i / 7][i % 7] - without[i / 7][i % 7];
    }
    assertThat(BackpropagationTest.relativeDistance(local, expected)).isLessThan(0.01);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sbp", "sbp-steps-only", "flat"})
  void withEveryStepExactItIsBackpropagationWithoutBiases(String rule) {
    SpikeBatch batch = new SpikeBatch(TestNetworks.samples(4, STEPS));
    assertThat(network(rule, 1, "7, 5").gradient(batch, POSITION))
        .isEqualTo(network("bp-without-biases", 10, "7, 5").gradient(batch, POSITION));
  }

  @Test
  void withoutBiasesTheWeightsHaveTheGradientOfBackpropagation() {
    SpikeBatch batch = new SpikeBatch(TestNetworks.samples(4, STEPS));
    float[] all = network("bp", 10, "7").gradient(batch, POSITION);
    float[] weights = network("bp-without-biases", 10, "7").gradient(batch, POSITION);
    int biases = TestNetworks.CHANNELS * 7;
    for (int i = 0; i < all.length; i++) {
      boolean bias = i >= biases && i < biases + 7 || i >= all.length - TestNetworks.OUTPUTS;
      assertThat(weights[i]).isEqualTo(bias ? 0f : all[i]);
    }
  }

  @Test
  void countsTheExactStepsFromTheLastStepBack() {
    assertThat(settings("rule = sbp, spiking-mlp.steps = 20").exactSteps()).containsExactly(0, 10);
    assertThat(settings("rule = sbp, spiking-mlp.steps = 25").exactSteps()).containsExactly(5, 15);
    assertThat(settings("rule = sbp, spiking-mlp.steps = 9").exactSteps()).isEmpty();
    assertThat(settings("rule = sbp, spiking-mlp.exact-every = 0").exactSteps()).isEmpty();
    assertThat(settings("rule = sbp, spiking-mlp.exact-every = 0").localSteps()).hasSize(STEPS);
    assertThat(settings("rule = sbp-local-only, spiking-mlp.steps = 20").localSteps()).hasSize(20);
  }

  @Test
  void hiddenLayersCanStayAtTheirRandomStart() {
    SpikingMlp network = TestNetworks.network("rule = frozen-hidden", SpikeFunction.STEP);
    float[] before = network.parameters();
    SpikeBatch batch = new SpikeBatch(TestNetworks.samples(6, STEPS));
    for (int update = 0; update < 3; update++) {
      network.learn(batch, new BatchPosition(1, 1, 0, update));
    }
    float[] after = network.parameters();
    int hidden = (TestNetworks.CHANNELS + 1) * 7;
    assertThat(Arrays.copyOf(after, hidden)).isEqualTo(Arrays.copyOf(before, hidden));
    assertThat(after).isNotEqualTo(before);
  }

  /** T = 8, matrices of 12 x 7 and 7 x 3 synapses, 6 samples; two steps exact. */
  @Test
  void theWorkOfTruncatedStepsIsNotDoneAndNotCounted() {
    long hidden = TestNetworks.CHANNELS * 7;
    long output = 7 * TestNetworks.OUTPUTS;
    long errorBack = 6 * STEPS * output;
    long whole = learningWork("bp", 10);
    long frozen = learningWork("frozen-hidden", 10);
    assertThat(whole - frozen).isEqualTo(errorBack + 6 * STEPS * hidden);
    assertThat(learningWork("bp-without-biases", 10)).isEqualTo(whole);
    assertThat(learningWork("sbp-steps-only", 3) - frozen).isEqualTo(errorBack + 6 * 2 * hidden);
    assertThat(learningWork("sbp-steps-only", 0)).isEqualTo(frozen);
    // Per sample the output matrix's gradient by step, the projected error, two coincidences.
    long perSample = 6 * output + TestNetworks.CHANNELS * TestNetworks.OUTPUTS + 2 * hidden;
    long perBatch = 6 * output + (TestNetworks.OUTPUTS + 2) * hidden;
    assertThat(learningWork("sbp", 3) - learningWork("sbp-steps-only", 3))
        .isEqualTo(6 * perSample + perBatch);
    assertThat(learningWork("flat", 3)).isEqualTo(learningWork("sbp", 3));
    assertThat(learningWork("sbp", 1)).isEqualTo(whole);
  }

  private static long learningWork(String rule, int exactEvery) {
    SpikeBatch batch = new SpikeBatch(TestNetworks.samples(6, STEPS));
    return network(rule, exactEvery, "7").learn(batch, POSITION).work().multiplyAccumulates();
  }

  private static SpikingMlpSettings settings(String changes) {
    return SpikingMlpSettings.of(TestNetworks.configuration(changes));
  }

  private static SpikingMlp network(String rule, int exactEvery, String hidden) {
    SpikingMlp network =
        TestNetworks.network(
            "rule = "
                + rule
                + ", spiking-mlp.exact-every = "
                + exactEvery
                + ", network.hidden = ["
                + hidden
                + "]",
            SpikeFunction.STEP);
    BackpropagationTest.drawParameters(network);
    return network;
  }

  private static int[] sizes(String hidden) {
    return Stream.of(
            Stream.of(TestNetworks.CHANNELS),
            Stream.of(hidden.split(", ")).map(Integer::valueOf),
            Stream.of(TestNetworks.OUTPUTS))
        .flatMap(size -> size)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
