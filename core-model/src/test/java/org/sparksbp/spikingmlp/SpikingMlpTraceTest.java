package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.spike.SpikeBatch;

class SpikingMlpTraceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"rule = bp | 8", "rule = bp | 1", "rule = bp, spiking-mlp.input = bernoulli | 5"})
  void spikesTimesFanOutAreTheSynapticOperationsOfInference(String settings, int trainSteps) {
    SpikeBatch batch = new SpikeBatch(TestNetworks.samples(6, trainSteps));
    try (Learner learner =
        ModelType.named("spiking-mlp")
            .create(
                TestNetworks.configuration(settings + ", network.hidden = [7, 5]"),
                new NetworkShape(TestNetworks.CHANNELS, TestNetworks.OUTPUTS, trainSteps))) {
      ActivityTrace trace = learner.trace(batch).orElseThrow();

      List<ActivityTrace.Layer> layers = trace.layers();
      assertThat(layers)
          .extracting(ActivityTrace.Layer::name)
          .containsExactly("input", "hidden-1", "hidden-2", "output");
      long operations = 0;
      for (int l = 0; l + 1 < layers.size(); l++) {
        ActivityTrace.Layer layer = layers.get(l);
        assertThat(layer.spikes()).hasSize(6 * TestNetworks.STEPS * layer.neurons());
        for (float spike : layer.spikes()) {
          operations += (long) spike * layers.get(l + 1).neurons();
        }
      }
      assertThat(operations).isPositive();
      assertThat(operations).isEqualTo(learner.infer(batch).work().synapticOperations());
      assertThat(outputRates(layers.get(3))).isEqualTo(learner.infer(batch).outputs());
    }
  }

  /** The output is the mean of its spikes over the steps. */
  private static float[] outputRates(ActivityTrace.Layer output) {
    int neurons = output.neurons();
    float[] rates = new float[6 * neurons];
    for (int i = 0; i < output.spikes().length; i++) {
      rates[i / (output.steps() * neurons) * neurons + i % neurons] += output.spikes()[i];
    }
    for (int i = 0; i < rates.length; i++) {
      rates[i] /= output.steps();
    }
    return rates;
  }
}
