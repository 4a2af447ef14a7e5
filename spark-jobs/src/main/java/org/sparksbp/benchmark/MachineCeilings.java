package org.sparksbp.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.random.RandomStream;

/**
 * What one core of this machine does at most: a large dense product with each kind of kernels and
 * with ND4J, and copying arrays that fit no cache.
 */
final class MachineCeilings {

  private static final int SIDE = 512;
  private static final double PRODUCT_GFLOP = 2.0 * SIDE * SIDE * SIDE / 1e9;
  private static final int COPIED_FLOATS = 32 << 20;
  private static final double COPIED_GB = 2.0 * Float.BYTES * COPIED_FLOATS / 1e9;

  private final List<Result> results = new ArrayList<>();
  private double bestGflops;
  private double copiedGigabytes;

  private MachineCeilings() {}

  static MachineCeilings measure(InterleavedRunner runner) {
    MachineCeilings ceilings = new MachineCeilings();
    List<String> variants = new ArrayList<>(Machine.availableKernels());
    List<BenchmarkCase> products = new ArrayList<>();
    variants.forEach(name -> products.add(product(KernelChoice.named(name))));
    variants.add("nd4j");
    products.add(nd4jProduct());
    List<Rates> rates = runner.measure(products);
    String name = "product of " + SIDE + "x" + SIDE + " matrices";
    for (int i = 0; i < variants.size(); i++) {
      ceilings.results.add(
          Result.of(BenchmarkPart.MACHINE, name, variants.get(i), "GFLOP/s", rates.get(i)));
      ceilings.bestGflops = Math.max(ceilings.bestGflops, rates.get(i).median());
    }
    Rates copy = runner.measure(copy());
    ceilings.copiedGigabytes = copy.median();
    ceilings.results.add(
        Result.of(BenchmarkPart.MACHINE, "copy of 128 MiB, read and write", "", "GB/s", copy));
    return ceilings;
  }

  List<Result> results() {
    return results;
  }

  /** Bytes that a copy reads and writes in a second. */
  double copiedBytes() {
    return copiedGigabytes * 1e9;
  }

  /**
   * Multiply-accumulates a second of the fastest product, whoever forms it: what the machine can do
   * and not what one library makes of it.
   */
  double multiplyAccumulates() {
    return bestGflops * 1e9 / 2;
  }

  private static BenchmarkCase product(Kernels kernels) {
    float[] left = uniform(SIDE * SIDE, 1);
    float[] right = uniform(SIDE * SIDE, 2);
    float[] result = new float[SIDE * SIDE];
    return () -> {
      kernels.multiplyAdd(SIDE, SIDE, SIDE, left, right, result);
      return PRODUCT_GFLOP;
    };
  }

  private static BenchmarkCase nd4jProduct() {
    INDArray left = Nd4j.createFromArray(uniform(SIDE * SIDE, 1)).reshape(SIDE, SIDE);
    INDArray right = Nd4j.createFromArray(uniform(SIDE * SIDE, 2)).reshape(SIDE, SIDE);
    INDArray result = Nd4j.create(left.dataType(), new long[] {SIDE, SIDE}, 'f');
    return () -> {
      left.mmuli(right, result);
      return PRODUCT_GFLOP;
    };
  }

  private static BenchmarkCase copy() {
    float[] from = new float[COPIED_FLOATS];
    float[] to = new float[COPIED_FLOATS];
    return () -> {
      System.arraycopy(from, 0, to, 0, COPIED_FLOATS);
      return COPIED_GB;
    };
  }

  private static float[] uniform(int length, long number) {
    RandomStream stream = RandomStream.of(1, "benchmark-matrix", number);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = stream.nextFloat() - 0.5f;
    }
    return values;
  }
}
