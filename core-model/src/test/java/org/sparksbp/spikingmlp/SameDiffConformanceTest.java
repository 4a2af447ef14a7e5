package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

class SameDiffConformanceTest {

  @ParameterizedTest
  @EnumSource(Surrogate.class)
  void theGradientOfTheSpikingNetworkIsSameDiffs(Surrogate surrogate) {
    SpikingMlp network =
        TestNetworks.network(
            "rule = bp, network.hidden = [7, 5], spiking-mlp.surrogate = "
                + CheckedSettings.nameOf(surrogate),
            SpikeFunction.STEP);
    BackpropagationTest.drawParameters(network);
    List<Sample> samples = TestNetworks.samples(4, TestNetworks.STEPS);
    int[] sizes = {TestNetworks.CHANNELS, 7, 5, TestNetworks.OUTPUTS};

    float[] gradient = network.gradient(new SpikeBatch(samples), new BatchPosition(1, 1, 0, 0));
    double[] expected =
        new SameDiffNetwork(sizes, TestNetworks.STEPS, surrogate)
            .gradient(network.parameters(), samples);

    assertThat(gradient).hasSize(expected.length);
    assertThat(network.infer(new SpikeBatch(samples)).work().spikes()).isGreaterThan(20);
    assertThat(BackpropagationTest.relativeDistance(gradient, expected)).isLessThan(1e-4);
  }
}
