package org.sparksbp.learner;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

/** What a learner is estimated to take of the heap, against what stays reachable of it. */
class ModelMemoryTest {

  private static final int STEPS = 20;

  /**
   * Large, so that little else of the process counts; what others leave behind may be collected.
   */
  @ParameterizedTest
  @CsvSource({
    "snn, sbp, '[3000, 1500]', 4",
    "spiking-mlp, bp, '[3000, 1500]', 4",
    "spiking-mlp, sbp, '[3000, 1500]', 4",
    "rbm, sbp, '[3000, 1500]', 4",
    "snn, sbp, '[10]', 1500",
    "rbm, sbp, '[10]', 1500"
  })
  void isEnough(String model, String rule, String hidden, int batch) {
    Config configuration =
        ConfigFactory.parseString(
                "model = " + model + ", rule = " + rule + ", network.hidden = " + hidden)
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    NetworkShape shape = new NetworkShape(784, 10, STEPS);
    SpikeBatch samples = samples(batch, shape);
    long before = reachable();
    try (Learner learner = ModelType.named(model).create(configuration, shape)) {
      learner.learn(samples, new BatchPosition(1, 1, 0, 0));
      long taken = reachable() - before;

      assertThat(ModelType.named(model).memory(configuration, shape, batch))
          .as("%,d bytes reachable", taken)
          .isGreaterThan((long) (0.9 * taken));
    }
  }

  private static long reachable() {
    for (int time = 0; time < 4; time++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static SpikeBatch samples(int number, NetworkShape shape) {
    int[][] spikes = new int[STEPS][];
    for (int step = 0; step < STEPS; step++) {
      int first = step;
      spikes[step] = IntStream.range(0, 100).map(spike -> first + 7 * spike).toArray();
    }
    SpikeTrain train = SpikeTrain.of(shape.channels(), spikes);
    List<Sample> samples =
        IntStream.range(0, number)
            .mapToObj(sample -> new Sample("s" + sample, train, new float[10], 0, ""))
            .toList();
    return new SpikeBatch(samples);
  }
}
