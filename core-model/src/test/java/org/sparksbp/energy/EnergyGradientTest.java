package org.sparksbp.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparksbp.kernel.PlainKernels;
import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

/** Dynamics and learning against central differences of the printed energies. */
class EnergyGradientTest {

  private static final float EPSILON = 0.05f;
  private static final double STEP = 1e-5;
  private static final int BATCH = 3;

  private final RandomStream random = RandomStream.of(7, "energy-gradient-test");

  static Stream<Arguments> networks() {
    return Stream.of("plain", "sbp")
        .flatMap(
            rule ->
                Stream.of("[4]", "[5, 4]", "[4, 3, 5]")
                    .flatMap(
                        hidden ->
                            Stream.of("0.0", "1.0").map(leak -> Arguments.of(rule, hidden, leak))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void statesDescendInThePrintedEnergy(String rule, String hidden, String outputLeak) {
    Network network = new Network(configuration(rule, hidden, outputLeak));
    float[][] start = network.randomStates();
    float[][] states = copy(start);
    network.relaxation().relax(1, states, BATCH);
    assertMoves(network, start, states, 0);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void clampedStatesAlsoDescendInTheDistanceToTheTarget(
      String rule, String hidden, String outputLeak) {
    Network network = new Network(configuration(rule, hidden, outputLeak));
    float[][] start = network.randomStates();
    float[][] states = copy(start);
    network.relaxation().relaxClamped(1, states, BATCH, -0.7f, network.batch.targets());
    assertMoves(network, start, states, -0.7);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void parametersFollowTheDifferenceOfThePrintedEnergysGradients(
      String rule, String hidden, String outputLeak) {
    Network network = new Network(configuration(rule, hidden, outputLeak));
    float[][] free = network.randomStates();
    float[][] clamped = network.randomStates();
    float beta = -0.2f;
    double[] expected = new double[network.parameters.layout().size()];
    float[] before = network.parameters.toFlat();
    for (var block : network.parameters.layout().blocks()) {
      int matrix = Integer.parseInt(block.name().substring(block.name().indexOf('-') + 1));
      double alpha = block.name().startsWith("weights") ? matrix == 0 ? 0.1 : 0.05 : 0;
      alpha = block.name().startsWith("biases") ? matrix == 1 ? 0.1 : 0.05 : alpha;
      for (int i = block.offset(); i < block.offset() + block.size(); i++) {
        double[] flat = toDouble(before);
        int at = i;
        double gradient =
            derivative(
                flat, at, () -> network.meanEnergy(flat, clamped) - network.meanEnergy(flat, free));
        expected[i] = before[i] - alpha * gradient / beta;
      }
    }
    new ContrastiveUpdate(network.energy, ParameterScales.of(network.settings), new PlainKernels())
        .applyInPlace(network.parameters, network.input, free, copy(clamped), BATCH, beta);
    assertThat(toDouble(network.parameters.toFlat())).containsExactly(expected, within(1e-5));
    assertThat(network.parameters.toFlat()).isNotEqualTo(before);
  }

  private static void assertMoves(Network network, float[][] start, float[][] end, double beta) {
    double[] flat = toDouble(network.parameters.toFlat());
    int last = start.length - 1;
    for (int row = 0; row < BATCH; row++) {
      double[][] states = network.statesOf(row, start);
      double[] target = toDouble(network.batch.samples().get(row).target());
      for (int l = 1; l <= last; l++) {
        for (int i = 0; i < states[l].length; i++) {
          double force =
              derivative(
                  states[l],
                  i,
                  () -> network.energy(flat, states) + beta * distance(states[last], target));
          float moved = end[l][row * states[l].length + i];
          assertThat(moved).isStrictlyBetween(0f, 1f);
          assertThat((double) moved).isCloseTo(states[l][i] - EPSILON * force, within(1e-6));
        }
      }
    }
  }

  private static double distance(double[] output, double[] target) {
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      sum += (output[i] - target[i]) * (output[i] - target[i]);
    }
    return sum;
  }

  private static double derivative(double[] at, int index, DoubleSupplier value) {
    double centre = at[index];
    at[index] = centre + STEP;
    double above = value.getAsDouble();
    at[index] = centre - STEP;
    double below = value.getAsDouble();
    at[index] = centre;
    return (above - below) / (2 * STEP);
  }

  private static Config configuration(String rule, String hidden, String outputLeak) {
    return ConfigFactory.parseString(
            "rule = %s, rbm { theta = 0.3, output-leak = %s, epsilon = %s }, network.hidden = %s"
                .formatted(rule, outputLeak, EPSILON, hidden))
        .withFallback(ConfigFactory.load());
  }

  private static float[][] copy(float[][] states) {
    return Stream.of(states).map(float[]::clone).toArray(float[][]::new);
  }

  private static double[] toDouble(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** A small network with random parameters and three random samples. */
  private final class Network {

    private final EnergySettings settings;
    private final Energy energy;
    private final EnergyParameters parameters;
    private final int[] sizes;
    private final SpikeBatch batch;
    private final SparseMatrix input;

    Network(Config configuration) {
      settings = EnergySettings.of(configuration);
      energy = Energy.of(settings);
      LayerSizes layers = settings.layerSizes(new NetworkShape(6, 3, 4));
      sizes = layers.toArray();
      parameters = new EnergyParameters(layers, ParameterScales.of(settings).start(), 3);
      float[] flat = parameters.toFlat();
      for (int i = 0; i < flat.length; i++) {
        flat[i] = 0.6f * random.nextFloat() - 0.3f;
      }
      parameters.set(flat);
      batch =
          new SpikeBatch(
              List.of(
                  sample("a", new int[][] {{0, 2}, {2, 5}, {}, {1}}, 0),
                  sample("b", new int[][] {{}, {4}, {4}, {4, 5}}, 2),
                  sample("c", new int[][] {{0, 1, 2}, {}, {}, {3}}, 1)));
      input = new SparseMatrix(sizes[0]);
      input.load(BATCH, batch.rates());
    }

    private Sample sample(String id, int[][] spikes, int label) {
      float[] target = new float[3];
      target[label] = 1f;
      return new Sample(id, SpikeTrain.of(6, spikes), target, label, id);
    }

    StateRelaxation relaxation() {
      StateRelaxation relaxation =
          new StateRelaxation(energy, parameters, settings.epsilon(), new PlainKernels());
      relaxation.feed(input, BATCH);
      return relaxation;
    }

    /** Away from the bounds, where rho' = 1 and one small step does not reach them. */
    float[][] randomStates() {
      float[][] states = new float[sizes.length][0];
      for (int l = 1; l < sizes.length; l++) {
        states[l] = new float[BATCH * sizes[l]];
        for (int i = 0; i < states[l].length; i++) {
          states[l][i] = 0.35f + 0.3f * random.nextFloat();
        }
      }
      return states;
    }

    double[][] statesOf(int row, float[][] states) {
      double[][] own = new double[sizes.length][];
      float[] rates = batch.rates();
      for (int l = 0; l < sizes.length; l++) {
        own[l] = new double[sizes[l]];
        for (int i = 0; i < sizes[l]; i++) {
          own[l][i] = l == 0 ? rates[row * sizes[0] + i] : states[l][row * sizes[l] + i];
        }
      }
      return own;
    }

    double meanEnergy(double[] flat, float[][] states) {
      double sum = 0;
      for (int row = 0; row < BATCH; row++) {
        sum += energy(flat, statesOf(row, states));
      }
      return sum / BATCH;
    }

    double energy(double[] flat, double[][] states) {
      boolean self = settings.rule() == EnergyRule.SBP;
      double sign = self ? -1 : 1;
      int matrices = sizes.length - 1;
      double[][][] weights = new double[matrices][][];
      double[][] biases = new double[sizes.length][];
      biases[0] = new double[sizes[0]];
      for (int l = 0; l < matrices; l++) {
        weights[l] = new double[sizes[l]][sizes[l + 1]];
        int offset = parameters.layout().blocks().get(l).offset();
        for (int i = 0; i < sizes[l] * sizes[l + 1]; i++) {
          weights[l][i / sizes[l + 1]][i % sizes[l + 1]] = sign * flat[offset + i];
        }
        biases[l + 1] = new double[sizes[l + 1]];
        int biasOffset = parameters.layout().blocks().get(matrices + l).offset();
        for (int i = 0; i < sizes[l + 1]; i++) {
          biases[l + 1][i] = sign * flat[biasOffset + i];
        }
      }
      if (!self) {
        return PrintedEnergy.withoutSelfBackpropagation(weights, biases, states);
      }
      double[] output = states[matrices];
      return PrintedEnergy.withSelfBackpropagation(weights, biases, states, settings.theta())
          + 0.5 * settings.outputLeak() * PrintedEnergy.dot(output, output);
    }
  }
}
