package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/**
 * e-prop as its authors write it, a trace for every synapse run forward in time, in double
 * precision, for one recurrent hidden layer.
 */
final class EligibilityReference {

  private static final int INPUTS = TestNetworks.CHANNELS;
  private static final int HIDDEN = 7;
  private static final int OUTPUTS = TestNetworks.OUTPUTS;
  private static final int STEPS = TestNetworks.STEPS;

  private EligibilityReference() {}

  static void assertAgrees() {
    SpikingMlp network = TestNetworks.network("rule = e-prop", SpikeFunction.STEP);
    BackpropagationTest.drawParameters(network);
    List<Sample> samples = TestNetworks.samples(4, STEPS);
    SpikeBatch batch = new SpikeBatch(samples);
    float[] outputs = network.infer(batch).outputs();
    double[] expected = new double[(INPUTS + HIDDEN) * HIDDEN];
    for (int row = 0; row < samples.size(); row++) {
      addSample(network.parameters(), samples.get(row), outputs, row, samples.size(), expected);
    }
    float[] gradient = network.gradient(batch, new BatchPosition(1, 1, 0, 0));
    assertThat(BackpropagationTest.relativeDistance(gradient, expected)).isLessThan(1e-4);
  }

  private static void addSample(
      float[] weights, Sample sample, float[] outputs, int row, int batch, double[] gradient) {
    double[][] pre = new double[STEPS][INPUTS + HIDDEN];
    sample.spikes().forEach((step, channel) -> pre[step][channel] = 1);
    double[] learningSignal = learningSignal(sample, outputs, row, batch);
    double[] membrane = new double[HIDDEN];
    double[] spikes = new double[HIDDEN];
    double[] traces = new double[(INPUTS + HIDDEN) * HIDDEN];
    for (int step = 0; step < STEPS; step++) {
      System.arraycopy(spikes, 0, pre[step], INPUTS, HIDDEN);
      for (int j = 0; j < HIDDEN; j++) {
        double current = weights[(INPUTS + HIDDEN) * HIDDEN + j];
        for (int i = 0; i < INPUTS + HIDDEN; i++) {
          current += pre[step][i] * weights[i * HIDDEN + j];
        }
        double drive = 1 / (1 + Math.exp(-current));
        double kept = 0.2 * (1 - pre[step][INPUTS + j]);
        membrane[j] = kept * membrane[j] + drive - 0.1;
        spikes[j] = membrane[j] > 0.5 ? 1 : 0;
        double surrogate = Math.abs(membrane[j] - 0.5) < 0.3 ? 1 : 0;
        for (int i = 0; i < INPUTS + HIDDEN; i++) {
          int synapse = i * HIDDEN + j;
          traces[synapse] = kept * traces[synapse] + drive * (1 - drive) * pre[step][i];
          if (i != INPUTS + j) {
            gradient[synapse] += learningSignal[j] * surrogate * traces[synapse];
          }
        }
      }
    }
  }

  private static double[] learningSignal(Sample sample, float[] outputs, int row, int batch) {
    float[] projection = new float[OUTPUTS * HIDDEN];
    Connections.uniform(
        projection, 1 / Math.sqrt(HIDDEN), RandomStream.of(1, "random-projection", 1));
    double[] signal = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      for (int k = 0; k < OUTPUTS; k++) {
        double excess = outputs[row * OUTPUTS + k] - sample.target()[k];
        signal[j] += 2 * excess / (batch * OUTPUTS * STEPS) * projection[k * HIDDEN + j];
      }
    }
    return signal;
  }
}
