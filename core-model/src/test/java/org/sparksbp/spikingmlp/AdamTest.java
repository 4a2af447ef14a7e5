package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.ParameterLayout.Block;
import org.sparksbp.learner.ParameterLayout.Role;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

class AdamTest {

  private final SpikingMlp network = TestNetworks.network("rule = bp", SpikeFunction.STEP);
  private final int trained = (network.layout().size() - 1) / 3;

  @Test
  void movesEveryWeightAsAlgorithmOneOfThePaperDoes() {
    List<Sample> samples = TestNetworks.samples(9, TestNetworks.STEPS);
    double[] expected = new double[trained];
    double[] first = new double[trained];
    double[] second = new double[trained];
    for (int i = 0; i < trained; i++) {
      expected[i] = network.parameters()[i];
    }
    for (int update = 1; update <= 4; update++) {
      SpikeBatch batch = new SpikeBatch(samples.subList(update, update + 5));
      BatchPosition position = new BatchPosition(1, 1, 0, update);
      float[] gradient = network.gradient(batch, position);
      for (int i = 0; i < trained; i++) {
        first[i] = 0.9 * first[i] + 0.1 * gradient[i];
        second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
        double unbiasedFirst = first[i] / (1 - Math.pow(0.9, update));
        double unbiasedSecond = second[i] / (1 - Math.pow(0.999, update));
        expected[i] -= 1e-3 * unbiasedFirst / (Math.sqrt(unbiasedSecond) + 1e-8);
      }
      network.learn(batch, position);
    }
    float[] flat = network.parameters();
    for (int i = 0; i < trained; i++) {
      assertThat((double) flat[i]).isCloseTo(expected[i], within(2e-6));
    }
    assertThat(flat[flat.length - 1]).isEqualTo(4f);
  }

  @Test
  void itsMomentsAndCountOfUpdatesAreOptimiserBlocksOfTheFlatVector() {
    List<Block> blocks =
        network.layout().blocks().stream().filter(block -> block.role() == Role.OPTIMISER).toList();
    assertThat(blocks)
        .extracting(Block::name)
        .containsExactly("adam-first-moments", "adam-second-moments", "adam-updates");
    assertThat(blocks).extracting(Block::size).containsExactly(trained, trained, 1);
  }

  @Test
  void goesOnWithTheMeanOfWorkersMomentsAndCounts() {
    SpikingMlp other = TestNetworks.network("rule = bp", SpikeFunction.STEP);
    List<Sample> samples = TestNetworks.samples(8, TestNetworks.STEPS);
    for (int batch = 0; batch < 3; batch++) {
      network.learn(new SpikeBatch(samples.subList(0, 4)), new BatchPosition(1, 1, 0, batch));
    }
    other.learn(new SpikeBatch(samples.subList(4, 8)), new BatchPosition(1, 1, 1, 0));
    float[] mean = network.parameters();
    float[] others = other.parameters();
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (mean[i] + others[i]) / 2;
    }
    assertThat(mean[mean.length - 1]).isEqualTo(2f);
    network.setParameters(mean);
    other.setParameters(mean);
    SpikeBatch next = new SpikeBatch(samples);
    network.learn(next, new BatchPosition(1, 1, 0, 3));
    other.learn(next, new BatchPosition(1, 1, 0, 3));
    assertThat(network.parameters()).isEqualTo(other.parameters());
  }

  @Test
  void aSecondMomentThatCombiningWorkersMadeNegativeDoesNoHarm() {
    float[] flat = network.parameters();
    java.util.Arrays.fill(flat, 2 * trained, 3 * trained, -1e-3f);
    network.setParameters(flat);
    network.learn(
        new SpikeBatch(TestNetworks.samples(5, TestNetworks.STEPS)), new BatchPosition(1, 1, 0, 0));
    for (float value : network.parameters()) {
      assertThat(value).isFinite();
    }
  }
}
