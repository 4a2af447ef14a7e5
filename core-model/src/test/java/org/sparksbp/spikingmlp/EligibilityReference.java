package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/**
 * The rules of random projections as their authors write them, a trace for every synapse run
 * forward in time, in double precision, for one hidden layer.
 */
final class EligibilityReference {

  private static final int INPUTS = TestNetworks.CHANNELS;
  private static final int HIDDEN = 7;
  private static final int OUTPUTS = TestNetworks.OUTPUTS;

  /**
   * What tells the rules apart.
   *
   * @param byTarget whether the target is projected rather than the error
   * @param plain whether neurons take their current as it is, without inhibition
   * @param window half the width of the surrogate
   * @param readout whether output neurons do not fire but sum up, to a sigmoid
   */
  record Rule(
      String name,
      int steps,
      boolean recurrent,
      boolean byTarget,
      boolean plain,
      double window,
      boolean readout) {

    static final Rule E_PROP =
        new Rule("e-prop", TestNetworks.STEPS, true, false, false, 0.3, false);
    static final Rule NRR = new Rule("nrr", TestNetworks.STEPS, true, true, false, 0.3, true);
    static final Rule BRP = new Rule("brp", 5, false, true, true, 0.5, false);
  }

  private final Rule rule;
  private final int synapses; // of a hidden neuron
  private final int outputsAt; // where the output matrix begins
  private final float[] parameters;
  private final int batch;
  private final double[] hiddenGradient;
  private final double[] readoutGradient = new double[(HIDDEN + 1) * OUTPUTS];
  private final double[] readouts = new double[OUTPUTS];

  private EligibilityReference(Rule rule, float[] parameters, int batch) {
    this.rule = rule;
    this.synapses = INPUTS + (rule.recurrent() ? HIDDEN : 0);
    this.outputsAt = (synapses + 1) * HIDDEN;
    this.parameters = parameters;
    this.batch = batch;
    this.hiddenGradient = new double[outputsAt];
  }

  static void assertAgrees(Rule rule) {
    SpikingMlp network = TestNetworks.network("rule = " + rule.name(), SpikeFunction.STEP);
    BackpropagationTest.drawParameters(network);
    List<Sample> samples = TestNetworks.samples(4, rule.steps());
    SpikeBatch all = new SpikeBatch(samples);
    float[] outputs = network.infer(all).outputs();
    EligibilityReference reference =
        new EligibilityReference(rule, network.parameters(), samples.size());
    for (int row = 0; row < samples.size(); row++) {
      Arrays.fill(reference.readouts, 0);
      reference.addSample(samples.get(row), outputs, row);
      for (int k = 0; rule.readout() && k < OUTPUTS; k++) {
        assertThat((double) outputs[row * OUTPUTS + k])
            .isCloseTo(reference.readouts[k], Offset.offset(1e-5));
      }
    }
    float[] gradient = network.gradient(all, new BatchPosition(1, 1, 0, 0));
    assertClose(gradient, 0, reference.hiddenGradient);
    if (rule.readout()) {
      assertClose(gradient, reference.outputsAt, reference.readoutGradient);
    }
  }

  private static void assertClose(float[] gradient, int from, double[] expected) {
    float[] part = Arrays.copyOfRange(gradient, from, from + expected.length);
    assertThat(BackpropagationTest.relativeDistance(part, expected)).isLessThan(1e-4);
  }

  private void addSample(Sample sample, float[] outputs, int row) {
    double[][] pre = new double[rule.steps()][synapses + 1];
    sample.spikes().forEach((step, channel) -> pre[step][channel] = 1);
    double[] learningSignal = learningSignal(sample, outputs, row);
    double[] membrane = new double[HIDDEN];
    double[] spikes = new double[HIDDEN];
    double[] traces = new double[outputsAt];
    double[] sums = new double[OUTPUTS];
    double[] spikeTraces = new double[HIDDEN + 1];
    for (int step = 0; step < rule.steps(); step++) {
      pre[step][synapses] = 1; // the bias
      System.arraycopy(spikes, 0, pre[step], INPUTS, rule.recurrent() ? HIDDEN : 0);
      double[] before = spikes.clone();
      for (int j = 0; j < HIDDEN; j++) {
        double current = 0;
        for (int i = 0; i <= synapses; i++) {
          current += pre[step][i] * parameters[i * HIDDEN + j];
        }
        double sigmoid = 1 / (1 + Math.exp(-current));
        double slope = rule.plain() ? 1 : sigmoid * (1 - sigmoid);
        double kept = 0.2 * (1 - before[j]);
        membrane[j] = kept * membrane[j] + (rule.plain() ? current : sigmoid - 0.1);
        spikes[j] = membrane[j] > 0.5 ? 1 : 0;
        double surrogate = Math.abs(membrane[j] - 0.5) < rule.window() ? 1 : 0;
        for (int i = 0; i <= synapses; i++) {
          int synapse = i * HIDDEN + j;
          traces[synapse] = kept * traces[synapse] + slope * pre[step][i];
          if (!rule.recurrent() || i != INPUTS + j) {
            hiddenGradient[synapse] += learningSignal[j] * surrogate * traces[synapse];
          }
        }
      }
      readOut(sample, spikes, spikeTraces, sums);
    }
  }

  /** The gradient of each step's cross-entropy, by traces of the hidden neurons' spikes. */
  private void readOut(Sample sample, double[] spikes, double[] spikeTraces, double[] sums) {
    for (int i = 0; i <= HIDDEN; i++) {
      spikeTraces[i] = 0.2 * spikeTraces[i] + (i == HIDDEN ? 1 : spikes[i]);
    }
    for (int k = 0; k < OUTPUTS; k++) {
      sums[k] *= 0.2;
      for (int i = 0; i <= HIDDEN; i++) {
        double input = i == HIDDEN ? 1 : spikes[i];
        sums[k] += input * parameters[outputsAt + i * OUTPUTS + k];
      }
      double answer = 1 / (1 + Math.exp(-sums[k]));
      readouts[k] += answer / rule.steps();
      double slope = (answer - sample.target()[k]) / (batch * OUTPUTS * rule.steps());
      for (int i = 0; i <= HIDDEN; i++) {
        readoutGradient[i * OUTPUTS + k] += slope * spikeTraces[i];
      }
    }
  }

  private double[] learningSignal(Sample sample, float[] outputs, int row) {
    float[] projection = new float[OUTPUTS * HIDDEN];
    Connections.uniform(
        projection, 1 / Math.sqrt(HIDDEN), RandomStream.of(1, "random-projection", 1));
    double[] signal = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      for (int k = 0; k < OUTPUTS; k++) {
        double target = sample.target()[k];
        double taught = rule.byTarget() ? target : outputs[row * OUTPUTS + k] - target;
        signal[j] += 2 * taught / (batch * OUTPUTS * rule.steps()) * projection[k * HIDDEN + j];
      }
    }
    return signal;
  }
}
