package org.sparksbp.microbenchmark;

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
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.kernel.Kernels;

/** One kernel a call, on the shapes of a 784-500-10 network and a batch of 50. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {

  private static final int BATCH = 50;
  private static final int INPUTS = 784;
  private static final int HIDDEN = 500;
  private static final int OUTPUTS = 10;

  @Param({"plain", "vector"})
  public String kernels;

  private Kernels chosen;
  private float[] denseInput;
  private float[] sparseInput;
  private float[] inputWeights;
  private float[] hidden;
  private float[] outputWeights;
  private float[] outputs;
  private float[] change;
  private float[] outputChange;
  private float[] potentials;

  @Setup
  public void fill() {
    chosen = KernelChoice.named(kernels);
    denseInput = RandomArrays.uniform(BATCH * INPUTS, 1);
    sparseInput = RandomArrays.uniform(BATCH * INPUTS, RandomArrays.MNIST_DENSITY);
    inputWeights = RandomArrays.uniform(INPUTS * HIDDEN, 1);
    hidden = RandomArrays.uniform(BATCH * HIDDEN, 1);
    outputWeights = RandomArrays.uniform(HIDDEN * OUTPUTS, 1);
    outputs = RandomArrays.uniform(BATCH * OUTPUTS, 1);
    change = new float[INPUTS * HIDDEN];
    outputChange = new float[HIDDEN * OUTPUTS];
    potentials = RandomArrays.uniform(BATCH * HIDDEN, 1);
  }

  /** 19.6 M multiply-adds. */
  @Benchmark
  public float[] denseInputProduct() {
    chosen.multiplyAdd(BATCH, INPUTS, HIDDEN, denseInput, inputWeights, hidden);
    return hidden;
  }

  /** 3.7 M multiply-adds that are not with 0. */
  @Benchmark
  public float[] sparseInputProduct() {
    chosen.multiplyAdd(BATCH, INPUTS, HIDDEN, sparseInput, inputWeights, hidden);
    return hidden;
  }

  /** 3.7 M multiply-adds that are not with 0. */
  @Benchmark
  public float[] sparseInputChange() {
    chosen.transposedMultiplyAdd(BATCH, INPUTS, HIDDEN, 1e-6f, sparseInput, hidden, change);
    return change;
  }

  /** 250,000 multiply-adds. */
  @Benchmark
  public float[] outputProduct() {
    chosen.multiplyAdd(BATCH, HIDDEN, OUTPUTS, hidden, outputWeights, outputs);
    return outputs;
  }

  /** 250,000 multiply-adds. */
  @Benchmark
  public float[] feedbackProduct() {
    chosen.multiplyTransposedAdd(BATCH, OUTPUTS, HIDDEN, outputs, outputWeights, hidden);
    return hidden;
  }

  /** 250,000 multiply-adds. */
  @Benchmark
  public float[] outputWeightChange() {
    chosen.transposedMultiplyAdd(BATCH, HIDDEN, OUTPUTS, 1e-6f, hidden, outputs, outputChange);
    return outputChange;
  }

  /** 25,000 values of sigma between -1/2 and 1/2. */
  @Benchmark
  public float[] sigma() {
    chosen.sigmaInPlace(potentials, 0, potentials.length);
    return potentials;
  }
}
