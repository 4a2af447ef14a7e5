package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

class BackpropagationTest {

  private static final BatchPosition POSITION = new BatchPosition(1, 1, 0, 0);
  private static final double STEP = 1e-5;

  static Stream<Arguments> networks() {
    return Stream.of(Surrogate.values())
        .flatMap(
            surrogate ->
                Stream.of("[7]", "[7, 5]", "[6, 5, 4]")
                    .flatMap(
                        hidden ->
                            Stream.of(
                                Arguments.of(surrogate, hidden, TestNetworks.STEPS, 0.0),
                                Arguments.of(surrogate, hidden, TestNetworks.STEPS, 50.0),
                                Arguments.of(surrogate, hidden, 1, 0.0))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theGradientIsThatOfTheSmoothedNetwork(
      Surrogate surrogate, String hidden, int trainSteps, double energyTerm) {
    assertGradientIsNumerical(
        "network.hidden = "
            + hidden
            + ", spiking-mlp.surrogate = "
            + CheckedSettings.nameOf(surrogate)
            + ", spiking-mlp.energy-term = "
            + energyTerm,
        trainSteps);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spiking-mlp.surrogate = rectangular, spiking-mlp.surrogate-width = 0.5",
        "spiking-mlp.surrogate = sigmoid, spiking-mlp.surrogate-width = 0.2",
        "spiking-mlp.surrogate = fast-sigmoid, spiking-mlp.surrogate-width = 0.3",
        "spiking-mlp.surrogate = atan, spiking-mlp.surrogate-width = 0.1",
        "spiking-mlp.surrogate = triangular, spiking-mlp.surrogate-width = 0.3",
        "spiking-mlp.learnable-leak = on, spiking-mlp.leak = 0.5",
        "spiking-mlp.learnable-leak = on, spiking-mlp.readout = mean-membrane",
        "spiking-mlp.learnable-leak = on, spiking-mlp.energy-term = 50",
        "spiking-mlp.current = linear, spiking-mlp.tonic-inhibition = 0",
        "spiking-mlp.loss = cross-entropy",
        "spiking-mlp.readout = mean-membrane",
        "spiking-mlp.readout = last-membrane",
        "spiking-mlp.readout = mean-membrane, spiking-mlp.loss = cross-entropy",
        "spiking-mlp.readout = last-membrane, spiking-mlp.loss = cross-entropy",
      })
  void theGradientIsThatOfTheSmoothedNetworkAlsoWithOtherNeuronsAndLosses(String changes) {
    String smooth = changes.contains("surrogate") ? "" : "spiking-mlp.surrogate = atan, ";
    for (String hidden : List.of("[7]", "[6, 5]")) {
      assertGradientIsNumerical(smooth + changes + ", network.hidden = " + hidden, 8);
    }
  }

  private static void assertGradientIsNumerical(String changes, int trainSteps) {
    String all = "rule = bp, " + changes;
    SpikingMlpSettings settings = SpikingMlpSettings.of(TestNetworks.configuration(all));
    SpikingMlp network = TestNetworks.network(all, SmoothNetwork.spikeFunction(settings));
    drawParameters(network);
    List<Sample> samples = TestNetworks.samples(3, trainSteps);
    SmoothNetwork smooth = new SmoothNetwork(network, settings);
    double[] parameters = new double[smooth.trained()];
    float[] flat = network.parameters();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = flat[i];
    }

    float[] gradient = network.gradient(new SpikeBatch(samples), POSITION);

    assertThat(gradient).hasSize(parameters.length);
    double[] expected = numericalGradient(smooth, parameters, samples);
    assertThat(relativeDistance(gradient, expected)).isLessThan(1e-3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[7] | 8 | 0", "[7, 5] | 8 | 50", "[6, 5, 4] | 8 | 0", "[7, 5] | 1 | 50"})
  void truncatedTheGradientIsThatOfTheHiddenWeightsInTheExactStepsAlone(
      String hidden, int trainSteps, double energyTerm) {
    String changes =
        "rule = sbp-steps-only, spiking-mlp.exact-every = 3, spiking-mlp.surrogate = atan, "
            + "network.hidden = "
            + hidden
            + ", spiking-mlp.energy-term = "
            + energyTerm;
    SpikingMlpSettings settings = SpikingMlpSettings.of(TestNetworks.configuration(changes));
    SpikingMlp network = TestNetworks.network(changes, SmoothNetwork.spikeFunction(settings));
    drawParameters(network);
    List<Sample> samples = TestNetworks.samples(3, trainSteps);
    SmoothNetwork smooth = new SmoothNetwork(network, settings);
    double[] exact = new double[smooth.trained()];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = network.parameters()[i];
    }
    double[] other = exact.clone();
    double[][] ofSteps = new double[TestNetworks.STEPS][];
    for (int t = 0; t < ofSteps.length; t++) {
      ofSteps[t] = t == 2 || t == 5 ? exact : other;
    }

    float[] gradient = network.gradient(new SpikeBatch(samples), POSITION);

    int[] sizes = smooth.sizes();
    int at = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      double[] expected = new double[sizes[l] * sizes[l + 1]];
      boolean outputMatrix = l + 2 == sizes.length;
      for (int i = 0; i < expected.length; i++) {
        double value = exact[at + i];
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
          exact[at + i] = value + (side == 0 ? STEP : -STEP);
          other[at + i] = outputMatrix ? exact[at + i] : value;
          losses[side] = smooth.loss(ofSteps, samples);
        }
        exact[at + i] = value;
        other[at + i] = value;
        expected[i] = (losses[0] - losses[1]) / (2 * STEP);
      }
      float[] actual = Arrays.copyOfRange(gradient, at, at + expected.length);
      assertThat(relativeDistance(actual, expected)).isLessThan(1e-3);
      at += expected.length + sizes[l + 1];
    }
  }

  /** Larger than the initial weights, biases too, so that no path has a negligible share. */
  static void drawParameters(SpikingMlp network) {
    float[] flat = network.parameters();
    int trained = (flat.length - 1) / 3;
    RandomStream random = RandomStream.of(3, "test-parameters");
    for (int i = 0; i < trained; i++) {
      flat[i] = (float) (0.8 * random.nextGaussian());
    }
    network.setParameters(flat);
  }

  private static double[] numericalGradient(
      SmoothNetwork smooth, double[] parameters, List<Sample> samples) {
    double[] slopes = new double[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      double value = parameters[i];
      parameters[i] = value + STEP;
      double above = smooth.loss(parameters, samples);
      parameters[i] = value - STEP;
      double below = smooth.loss(parameters, samples);
      parameters[i] = value;
      slopes[i] = (above - below) / (2 * STEP);
    }
    return slopes;
  }

  /** Length of the difference over the length of the expected vector. */
  static double relativeDistance(float[] actual, double[] expected) {
    double difference = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      length += expected[i] * expected[i];
    }
    assertThat(length).isPositive();
    return Math.sqrt(difference / length);
  }
}
