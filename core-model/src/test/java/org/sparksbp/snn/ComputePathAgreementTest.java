package org.sparksbp.snn;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.spike.SpikeBatch;

/** Three batches on the array path against the reference in double precision. */
class ComputePathAgreementTest {

  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network.hidden = [33]",
        "network.hidden = [40, 35]",
        "network.hidden = [9, 8, 7]",
        "network.hidden = [9, 8, 7, 6]",
        "network.hidden = [6, 7, 5, 6, 5]",
        "network.hidden = [33], rule = symmetric-stdp",
        "network.hidden = [9, 34], rule = differential-stdp",
        "network.hidden = [17], rule = postsynaptic-stdp",
        "network.hidden = [17, 5], snn.sbp.normalisation = mean",
        "network.hidden = [17, 5], snn.sbp.direction = inverse, snn.sbp.match-norm = on",
        "network.hidden = [17, 5], rule = frozen-hidden, snn.start-scale = [4, 0.1]",
        "network.hidden = [17, 5], snn.spiking-phase = off",
        "network.hidden = [17], snn.dale.inhibitory-share = 0.3",
        "network.hidden = [17, 9], snn.dale.inhibitory-share = 0.3, snn.state = carried",
        "network.hidden = [17], snn.short-term-plasticity.enabled = true",
        "network.hidden = [17], snn.input = spikes",
        "network.hidden = [9, 7], snn.input = spikes, snn.state = carried",
        "network.hidden = [17], snn.state = carried, snn.short-term-plasticity.enabled = true",
        "network.hidden = [17], snn.noise = uniform",
        "network.hidden = [17], snn.noise = poisson",
        "network.hidden = [17], snn.membrane.threshold = 0.01, snn.membrane.reset-potential = -0.5",
        "network.hidden = [17], snn.duration = 3, snn.time-step = 0.25, snn.beta = -0.7",
      })
  void bothPathsLearnTheSame(String overrides) {
    Config configuration =
        ConfigFactory.parseString(overrides.replace(", snn", "\nsnn").replace(", rule", "\nrule"))
            .withFallback(ConfigFactory.load());
    SnnSettings settings = new SettingsReader(configuration).read();
    NetworkDefinition network = NetworkDefinition.of(settings, 19, 5);
    for (Kernels kernels : TestKernels.available()) {
      ComputePath reference = new Nd4jNetwork(network, DataType.DOUBLE);
      ComputePath arrays = new ArrayNetwork(network, kernels);
      // The last batch is smaller, as a worker's last batch is.
      for (int batch = 0; batch < 3; batch++) {
        SpikeBatch samples = TestSamples.random(batch, batch == 2 ? 3 : 7, 19, 5, 8);
        BatchPosition position = new BatchPosition(1, 2, 0, batch);
        ComputePath.Answer expected = reference.learn(samples, position);
        ComputePath.Answer actual = arrays.learn(samples, position);
        close(actual.outputs(), expected.outputs(), "outputs");
        close(arrays.parameters(), reference.parameters(), "parameters");
        assertThat(actual.spikes()).isEqualTo(expected.spikes());
      }
      SpikeBatch samples = TestSamples.random(9, 7, 19, 5, 8);
      close(arrays.infer(samples).outputs(), reference.infer(samples).outputs(), "inference");
    }
  }

  private static void close(float[] actual, float[] expected, String name) {
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) Math.abs(actual[i] - expected[i]))
          .as("%s, element %s: %s, expected %s", name, i, actual[i], expected[i])
          .isLessThanOrEqualTo(TOLERANCE);
    }
  }
}
