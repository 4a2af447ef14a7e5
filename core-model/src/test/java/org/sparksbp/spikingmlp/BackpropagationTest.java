package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
    SpikingMlp network =
        TestNetworks.network(
            "rule = bp, network.hidden = "
                + hidden
                + ", spiking-mlp.surrogate = "
                + CheckedSettings.nameOf(surrogate)
                + ", spiking-mlp.energy-term = "
                + energyTerm,
            SmoothNetwork.spikeFunction(surrogate));
    drawParameters(network);
    List<Sample> samples = TestNetworks.samples(3, trainSteps);
    SmoothNetwork smooth = new SmoothNetwork(network, TestNetworks.STEPS, surrogate, energyTerm);
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
