package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/** The local terms written down from the equations, in double precision. */
class SelfBackpropagatedUpdatesTest {

  private static final int INPUTS = TestNetworks.CHANNELS;
  private static final int OUTPUTS = TestNetworks.OUTPUTS;
  private static final int STEPS = TestNetworks.STEPS;
  private static final BatchPosition POSITION = new BatchPosition(1, 1, 0, 0);

  @ParameterizedTest
  @ValueSource(ints = {1, STEPS})
  void theGradientOfEveryHiddenMatrixIsMadeOfTheLocalTerms(int trainSteps) {
    int[] sizes = {INPUTS, 7, 5, OUTPUTS};
    SpikingMlp network =
        TestNetworks.network("rule = sbp-updates, network.hidden = [7, 5]", SpikeFunction.STEP);
    BackpropagationTest.drawParameters(network);
    List<Sample> samples = TestNetworks.samples(4, trainSteps);
    SpikeBatch batch = new SpikeBatch(samples);
    float[] outputs = network.infer(batch).outputs();
    float[] gradient = network.gradient(batch, POSITION);
    double[][][][] activity = new double[samples.size()][][][];
    for (int row = 0; row < samples.size(); row++) {
      activity[row] = run(network.parameters(), sizes, samples.get(row));
    }

    int secondMatrix = (INPUTS + 1) * 7;
    int outputMatrix = secondMatrix + (7 + 1) * 5;
    double[] above = part(gradient, outputMatrix, 5 * OUTPUTS);
    double[] second = localTerms(1, sizes, samples, outputs, activity, above);
    double[] first = localTerms(0, sizes, samples, outputs, activity, second);

    assertThat(distance(gradient, secondMatrix, second)).isLessThan(1e-4);
    assertThat(distance(gradient, 0, first)).isLessThan(1e-4);
  }

  private static double[] localTerms(
      int l,
      int[] sizes,
      List<Sample> samples,
      float[] outputs,
      double[][][][] activity,
      double[] above) {
    int batch = samples.size();
    RandomStream random = RandomStream.of(1, "self-backpropagation-feedback", l);
    double[][] feedback = new double[OUTPUTS][sizes[l + 1]];
    for (double[] row : feedback) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextGaussian();
      }
    }
    double[] result = new double[sizes[l] * sizes[l + 1]];
    for (int j = 0; j < sizes[l + 1]; j++) {
      double magnitude = 0;
      for (int k = 0; k < sizes[l + 2]; k++) {
        magnitude += 0.01 * Math.abs(above[j * sizes[l + 2] + k]) / (sizes[l + 1] * sizes[l + 2]);
      }
      for (int i = 0; i < sizes[l]; i++) {
        double sum = 0;
        for (int b = 0; b < batch; b++) {
          double rate = 0;
          for (int step = 0; step < STEPS; step++) {
            rate += activity[b][step][l][i] / STEPS;
          }
          for (int k = 0; k < OUTPUTS; k++) {
            double error = samples.get(b).target()[k] - outputs[b * OUTPUTS + k];
            sum += feedback[k][j] * error * rate;
          }
          sum += 0.01 * coincidenceChange(activity[b], l, i, j) / (batch * batch);
        }
        result[i * sizes[l + 1] + j] = magnitude * sum;
      }
    }
    return result;
  }

  private static double coincidenceChange(double[][][] activity, int l, int i, int j) {
    double change = 0;
    for (int step : new int[] {STEPS - 2, STEPS - 1}) {
      change += activity[step][l][i] * activity[step][l + 1][j];
    }
    for (int step : new int[] {0, 1}) {
      change -= activity[step][l][i] * activity[step][l + 1][j];
    }
    return change;
  }

  private static double[][][] run(float[] parameters, int[] sizes, Sample sample) {
    double[][][] activity = new double[STEPS][sizes.length][];
    for (double[][] layers : activity) {
      for (int layer = 0; layer < sizes.length; layer++) {
        layers[layer] = new double[sizes[layer]];
      }
    }
    sample
        .spikes()
        .forEach(
            (step, channel) -> {
              boolean repeated = sample.spikes().steps() == 1;
              for (int t = repeated ? 0 : step; t < (repeated ? STEPS : step + 1); t++) {
                activity[t][0][channel] = 1;
              }
            });
    double[][] membrane = new double[sizes.length][TestNetworks.CHANNELS];
    for (int step = 0; step < STEPS; step++) {
      int offset = 0;
      for (int l = 0; l + 1 < sizes.length; l++) {
        for (int j = 0; j < sizes[l + 1]; j++) {
          double current = parameters[offset + sizes[l] * sizes[l + 1] + j];
          for (int i = 0; i < sizes[l]; i++) {
            current += activity[step][l][i] * parameters[offset + i * sizes[l + 1] + j];
          }
          double fired = step == 0 ? 0 : activity[step - 1][l + 1][j];
          membrane[l + 1][j] =
              0.2 * membrane[l + 1][j] * (1 - fired) + 1 / (1 + Math.exp(-current)) - 0.1;
          activity[step][l + 1][j] = membrane[l + 1][j] > 0.5 ? 1 : 0;
        }
        offset += (sizes[l] + 1) * sizes[l + 1];
      }
    }
    return activity;
  }

  private static double[] part(float[] values, int from, int length) {
    double[] part = new double[length];
    for (int i = 0; i < length; i++) {
      part[i] = values[from + i];
    }
    return part;
  }

  private static double distance(float[] gradient, int from, double[] expected) {
    return BackpropagationTest.relativeDistance(
        java.util.Arrays.copyOfRange(gradient, from, from + expected.length), expected);
  }
}
