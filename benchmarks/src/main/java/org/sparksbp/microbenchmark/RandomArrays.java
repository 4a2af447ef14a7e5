package org.sparksbp.microbenchmark;

import org.sparksbp.random.RandomStream;

/** Inputs of the benchmarks. */
final class RandomArrays {

  /** Share of an MNIST image's pixels that are not 0, over the training set. */
  static final double MNIST_DENSITY = 0.19;

  private RandomArrays() {}

  /** Values between -1/2 and 1/2, all but a share of them 0. */
  static float[] uniform(int length, double density) {
    RandomStream stream = RandomStream.of(1, "benchmark", length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      float value = stream.nextFloat() - 0.5f;
      values[i] = stream.nextDouble() < density ? value : 0f;
    }
    return values;
  }
}
