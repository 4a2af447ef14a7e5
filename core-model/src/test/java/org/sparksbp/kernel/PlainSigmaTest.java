package org.sparksbp.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainSigmaTest {

  @Test
  void sigmaIsWithinItsStatedErrorOfTheHyperbolicTangent() {
    int count = 400_001;
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = -40f + 80f * i / (count - 1);
    }
    float[] sigma = x.clone();
    new PlainKernels().sigmaInPlace(sigma, 0, count);
    for (int i = 0; i < count; i++) {
      double error = Math.abs(sigma[i] - Math.tanh(0.5 * x[i]));
      if (!(error <= 4e-7)) {
        assertThat(error).as("error at %s", x[i]).isLessThanOrEqualTo(4e-7);
      }
    }
  }

  @Test
  void sigmaKeepsWhatIsNotANumber() {
    float[] x = {Float.NaN};
    new PlainKernels().sigmaInPlace(x, 0, 1);
    assertThat(x[0]).isNaN();
  }
}
