package org.sparksbp.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SigmaLanesTest {

  private final Kernels kernels = new VectorKernels();

  /** Every 97th float from 1e-30 to 40, both signs. */
  @Test
  void sigmaStaysWithinItsStatedErrorOnADenseSweep() {
    int first = Float.floatToIntBits(1e-30f);
    int last = Float.floatToIntBits(40f);
    int count = (last - first) / 97;
    float[] x = new float[2 * count];
    for (int i = 0; i < count; i++) {
      x[i] = Float.intBitsToFloat(first + 97 * i);
      x[count + i] = -x[i];
    }
    float[] sigma = x.clone();
    kernels.sigmaInPlace(sigma, 0, sigma.length);
    double largest = 0;
    for (int i = 0; i < count; i++) {
      double exact = Math.tanh(0.5 * x[i]);
      largest = Math.max(largest, Math.abs(sigma[i] - exact) / exact);
      if (sigma[count + i] != -sigma[i] || sigma[i] > 1f) {
        throw new AssertionError("sigma(" + x[i] + ") = " + sigma[i]);
      }
    }
    assertThat(largest).isBetween(SigmaLanes.MAXIMUM_ERROR / 3, SigmaLanes.MAXIMUM_ERROR);
  }

  @Test
  void sigmoidStaysWithinHalfOfThatAndAUnitInTheLastPlace() {
    float[] x = new float[800_001];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 400_000) * 1e-4f;
    }
    float[] sigmoid = x.clone();
    kernels.sigmoidInPlace(sigmoid, 0, sigmoid.length);
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(sigmoid[i] - 1 / (1 + Math.exp(-x[i]))));
    }
    assertThat(largest).isLessThan(SigmaLanes.MAXIMUM_ERROR / 2 + Math.ulp(0.5f));
  }

  @Test
  void specialValuesKeepTheirMeaningAmongOrdinaryOnes() {
    float[] special = {
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      0f,
      -0f,
      Float.MIN_VALUE,
      0.5f
    };
    float[] sigma = special.clone();
    kernels.sigmaInPlace(sigma, 0, sigma.length);
    assertThat(sigma).startsWith(1f, -1f, Float.NaN, 1f, -1f, 0f, -0f);
    assertThat(sigma[7]).isCloseTo(0f, org.assertj.core.data.Offset.offset(Float.MIN_VALUE));
    float[] sigmoid = special.clone();
    kernels.sigmoidInPlace(sigmoid, 0, sigmoid.length);
    assertThat(sigmoid).startsWith(1f, 0f, Float.NaN, 1f, 0f, 0.5f, 0.5f);
  }

  @Test
  void valueDoesNotDependOnItsNeighbours() {
    float[] alone = {0.25f};
    kernels.sigmaInPlace(alone, 0, 1);
    float[] amongLarge = new float[67];
    java.util.Arrays.fill(amongLarge, 9f);
    amongLarge[5] = 0.25f;
    amongLarge[66] = 0.25f;
    kernels.sigmaInPlace(amongLarge, 0, 67);
    assertThat(amongLarge[5]).isEqualTo(alone[0]);
    assertThat(amongLarge[66]).isEqualTo(alone[0]);
  }
}
