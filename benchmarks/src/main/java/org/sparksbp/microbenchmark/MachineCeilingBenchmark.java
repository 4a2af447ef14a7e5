package org.sparksbp.microbenchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.kernel.Kernels;

/**
 * What one core of this machine can do at most, to hold the other benchmarks against: the largest
 * product's rate, and copying an array that fits no cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MachineCeilingBenchmark {

  private static final int SIDE = 512;
  private static final int COPIED = 32 << 20;

  private final Kernels kernels = KernelChoice.named("auto");
  private float[] left;
  private float[] right;
  private float[] product;
  private float[] from;
  private float[] to;

  @Setup
  public void fill() {
    left = RandomArrays.uniform(SIDE * SIDE, 1);
    right = RandomArrays.uniform(SIDE * SIDE, 1);
    product = new float[SIDE * SIDE];
    from = new float[COPIED];
    to = new float[COPIED];
  }

  /** 268.4 MFLOP: GFLOP/s = 268435 / microseconds. */
  @Benchmark
  public float[] largeProduct() {
    kernels.multiplyAdd(SIDE, SIDE, SIDE, left, right, product);
    return product;
  }

  /** 134.2 MB read and as much written: GB/s = 268435 / microseconds. */
  @Benchmark
  public float[] memoryCopy() {
    System.arraycopy(from, 0, to, 0, COPIED);
    return to;
  }
}
