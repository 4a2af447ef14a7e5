package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.FiniteNumbers;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.pack.TestDevice;
import org.sparksbp.spike.SpikeBatch;

class SpikingMlpPackDivergenceTest {

  private static final NetworkShape SHAPE =
      new NetworkShape(TestNetworks.CHANNELS, TestNetworks.OUTPUTS, TestNetworks.STEPS);

  @Test
  void aMemberKnowsWhenItsOwnParametersAreNoLongerFinite() {
    List<Config> configurations =
        List.of(
            TestNetworks.configuration("rule = bp, network.hidden = [7]"),
            TestNetworks.configuration(
                "rule = bp, network.hidden = [7], spiking-mlp.learning-rate = 1e38"));
    LearnerPack pack =
        LearnerPack.of(new SpikingMlpModelType(), TestDevice.open(), configurations, SHAPE);
    SpikeBatch batch = new SpikeBatch(TestNetworks.samples(5, TestNetworks.STEPS));
    Learner sound = pack.member(0);
    Learner wild = pack.member(1);
    assertThat(wild.hasFiniteParameters()).isTrue();

    for (int number = 0; number < 8; number++) {
      BatchPosition position = new BatchPosition(1, 1, 0, number);
      inParallel(() -> sound.learn(batch, position), () -> wild.learn(batch, position));

      assertThat(sound.hasFiniteParameters()).isTrue();
      assertThat(wild.hasFiniteParameters()).isEqualTo(FiniteNumbers.areAll(wild.parameters()));
    }

    assertThat(wild.hasFiniteParameters()).as("a step of 1e38 does not go well").isFalse();
    sound.close();
    wild.close();
  }

  private static void inParallel(Callable<?> one, Callable<?> other) {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<?> ended : List.of(threads.submit(one), threads.submit(other))) {
        ended.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdown();
    }
  }
}
