package org.sparksbp.snn;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.spike.SpikeBatch;

/**
 * Prints training and inference samples per CPU second of one thread on random input as dense as
 * MNIST (19 % of the channels) or NETtalk. Not a test: run it as a main class with the test class
 * path.
 */
final class ThroughputCheck {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThroughputCheck() {}

  /** Arguments: seconds to measure, then overrides such as {@code rule=symmetric-stdp}. */
  public static void main(String[] arguments) {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 3;
    String overrides =
        String.join(
            "\n", List.of(arguments).subList(Math.min(1, arguments.length), arguments.length));
    Config configuration = ConfigFactory.parseString(overrides).withFallback(ConfigFactory.load());
    measure(configuration, "784-500-10", new NetworkShape(784, 10, 20), 50, 0.21, seconds);
    measure(configuration, "189-500-26", new NetworkShape(189, 26, 1), 1, 0.074, seconds);
  }

  private static void measure(
      Config configuration,
      String name,
      NetworkShape shape,
      int size,
      double activeShare,
      double seconds) {
    Learner learner = new PlasticityModelType().create(configuration, shape);
    List<SpikeBatch> batches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      batches.add(
          TestSamples.sparse(
              i, size, shape.channels(), shape.outputs(), shape.steps(), activeShare));
    }
    for (String kind : List.of("warm-up", "training", "inference", "inference")) {
      long start = System.nanoTime();
      long startOnProcessor = THREADS.getCurrentThreadCpuTime();
      int batch = 0;
      while (System.nanoTime() - start < seconds * 1e9) {
        SpikeBatch next = batches.get(batch % batches.size());
        if (kind.equals("inference")) {
          learner.infer(next);
        } else {
          learner.learn(next, new BatchPosition(1, 1, 0, batch));
        }
        batch++;
      }
      // Time on the processor, not on the clock: other processes may share the cores.
      double taken = (THREADS.getCurrentThreadCpuTime() - startOnProcessor) / 1e9;
      System.out.printf(
          "%s batch %d %s: %.0f samples per CPU second%n",
          name, size, kind, batch * (double) size / taken);
    }
  }
}
