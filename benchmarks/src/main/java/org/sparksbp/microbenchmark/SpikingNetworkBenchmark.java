package org.sparksbp.microbenchmark;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

/** Whole batches of the plasticity-trained network under SBP; random input of the real density. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class SpikingNetworkBenchmark {

  /** A task's shapes, and the share of its channels that spike at all. */
  public enum Task {
    MNIST(new NetworkShape(784, 10, 20), 50, RandomArrays.MNIST_DENSITY),
    NETTALK(new NetworkShape(189, 26, 1), 1, 0.037);

    final NetworkShape shape;
    final int batch;
    final double activeShare;

    Task(NetworkShape shape, int batch, double activeShare) {
      this.shape = shape;
      this.batch = batch;
      this.activeShare = activeShare;
    }
  }

  private static final int BATCHES = 20;

  @Param({"MNIST", "NETTALK"})
  public Task task;

  @Param({"plain", "vector"})
  public String kernels;

  private final List<SpikeBatch> batches = new ArrayList<>();
  private Learner learner;
  private int next;

  @Setup
  public void build() {
    learner =
        ModelType.named("snn")
            .create(
                ConfigFactory.parseString("compute.kernels = " + kernels)
                    .withFallback(ConfigFactory.load()),
                task.shape);
    for (int i = 0; i < BATCHES; i++) {
      List<Sample> samples = new ArrayList<>();
      for (int j = 0; j < task.batch; j++) {
        samples.add(sample(RandomStream.of(1, "sample", i, j), i + "/" + j));
      }
      batches.add(new SpikeBatch(samples));
    }
  }

  private Sample sample(RandomStream stream, String id) {
    int channels = task.shape.channels();
    int steps = task.shape.steps();
    float[] rates = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      boolean active = stream.nextDouble() < task.activeShare;
      rates[channel] = active ? (steps == 1 ? 1 : 0.2f + 0.8f * stream.nextFloat()) : 0;
    }
    SpikeTrain.Builder train = new SpikeTrain.Builder(steps, channels);
    for (int step = 0; step < steps; step++) {
      for (int channel = 0; channel < channels; channel++) {
        if (stream.nextFloat() < rates[channel]) {
          train.add(step, channel);
        }
      }
    }
    float[] target = new float[task.shape.outputs()];
    int label = stream.nextInt(target.length);
    target[label] = 1;
    return new Sample(id, train.build(), target, label, id);
  }

  /** Microseconds a batch: samples/s = batch x 1e6 / microseconds, batch 50 (MNIST) or 1. */
  @Benchmark
  public Inference learn() {
    next++;
    return learner.learn(batches.get(next % BATCHES), new BatchPosition(1, 1, 0, next));
  }

  @Benchmark
  public Inference infer() {
    next++;
    return learner.infer(batches.get(next % BATCHES));
  }
}
