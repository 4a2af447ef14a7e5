package org.sparksbp.kernel;

/** Loops over plain arrays, in the order that the compiler vectorises. */
public final class PlainKernels implements Kernels {

  private static final float SATURATION = 8f;
  private static final float P0 = 0.9999999699866473f;
  private static final float P1 = 0.13438192197132295f;
  private static final float P2 = 0.0035641574120225854f;
  private static final float P3 = 2.1773268405709323e-05f;
  private static final float P4 = 1.506184387511553e-08f;
  private static final float Q1 = 0.46771512973709856f;
  private static final float Q2 = 0.02613602049960241f;
  private static final float Q3 = 0.00033991815538187656f;
  private static final float Q4 = 8.453675188879915e-07f;

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public void multiplyAdd(int m, int k, int n, float[] a, float[] b, float[] c) {
    for (int row = 0; row < m; row++) {
      addScaledRows(k, a, row * k, n, b, c, row * n);
    }
  }

  /** {@code c += a b} for one row of a: four rows of b a pass, to load and store c less often. */
  private void addScaledRows(
      int k, float[] a, int aOffset, int n, float[] b, float[] c, int cOffset) {
    int inner = 0;
    for (; inner + 4 <= k; inner += 4) {
      float f0 = a[aOffset + inner];
      float f1 = a[aOffset + inner + 1];
      float f2 = a[aOffset + inner + 2];
      float f3 = a[aOffset + inner + 3];
      int b0 = inner * n;
      int b1 = b0 + n;
      int b2 = b1 + n;
      int b3 = b2 + n;
      for (int j = 0; j < n; j++) {
        c[cOffset + j] += (f0 * b[b0 + j] + f1 * b[b1 + j]) + (f2 * b[b2 + j] + f3 * b[b3 + j]);
      }
    }
    for (; inner < k; inner++) {
      scaledAdd(n, a[aOffset + inner], b, inner * n, c, cOffset);
    }
  }

  @Override
  public void multiplyTransposedAdd(int m, int k, int n, float[] a, float[] b, float[] c) {
    for (int row = 0; row < m; row++) {
      int column = 0;
      for (; column + 4 <= n; column += 4) {
        addFourDots(k, a, row * k, b, column * k, c, row * n + column);
      }
      for (; column < n; column++) {
        c[row * n + column] += dot(k, a, row * k, b, column * k);
      }
    }
  }

  /** Inner products with four rows at once: eight independent sums keep the adders busy. */
  private static void addFourDots(
      int k, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    int b1 = bOffset + k;
    int b2 = b1 + k;
    int b3 = b2 + k;
    float even0 = 0f;
    float even1 = 0f;
    float even2 = 0f;
    float even3 = 0f;
    float odd0 = 0f;
    float odd1 = 0f;
    float odd2 = 0f;
    float odd3 = 0f;
    int i = 0;
    for (; i + 2 <= k; i += 2) {
      float even = a[aOffset + i];
      float odd = a[aOffset + i + 1];
      even0 += even * b[bOffset + i];
      even1 += even * b[b1 + i];
      even2 += even * b[b2 + i];
      even3 += even * b[b3 + i];
      odd0 += odd * b[bOffset + i + 1];
      odd1 += odd * b[b1 + i + 1];
      odd2 += odd * b[b2 + i + 1];
      odd3 += odd * b[b3 + i + 1];
    }
    if (i < k) {
      float rest = a[aOffset + i];
      even0 += rest * b[bOffset + i];
      even1 += rest * b[b1 + i];
      even2 += rest * b[b2 + i];
      even3 += rest * b[b3 + i];
    }
    c[cOffset] += even0 + odd0;
    c[cOffset + 1] += even1 + odd1;
    c[cOffset + 2] += even2 + odd2;
    c[cOffset + 3] += even3 + odd3;
  }

  @Override
  public void transposedMultiplyAdd(
      int m, int k, int n, float scale, float[] a, float[] b, float[] c) {
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < k; column++) {
        float factor = scale * a[row * k + column];
        if (factor != 0f) {
          scaledAdd(n, factor, b, row * n, c, column * n);
        }
      }
    }
  }

  @Override
  public void scaledAdd(int length, float scale, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < length; i++) {
      y[yOffset + i] += scale * x[xOffset + i];
    }
  }

  @Override
  public float dot(int length, float[] x, int xOffset, float[] y, int yOffset) {
    float sum0 = 0f;
    float sum1 = 0f;
    float sum2 = 0f;
    float sum3 = 0f;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      sum0 += x[xOffset + i] * y[yOffset + i];
      sum1 += x[xOffset + i + 1] * y[yOffset + i + 1];
      sum2 += x[xOffset + i + 2] * y[yOffset + i + 2];
      sum3 += x[xOffset + i + 3] * y[yOffset + i + 3];
    }
    for (; i < length; i++) {
      sum0 += x[xOffset + i] * y[yOffset + i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /**
   * {@inheritDoc}
   *
   * <p>tanh(y) = y P(y^2)/Q(y^2) on [-8, 8] with polynomials of degree 4, fitted so that the
   * largest error is smallest (6e-9); the rounding of single precision makes it 4e-7 at most.
   */
  @Override
  public void sigmaInPlace(float[] x, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      float y = Math.min(Math.max(0.5f * x[i], -SATURATION), SATURATION);
      float z = y * y;
      float p = (((P4 * z + P3) * z + P2) * z + P1) * z + P0;
      float q = (((Q4 * z + Q3) * z + Q2) * z + Q1) * z + 1f;
      x[i] = y * p / q;
    }
  }

  @Override
  public void sigmoidInPlace(float[] x, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      x[i] = (float) (1.0 / (1.0 + StrictMath.exp(-x[i])));
    }
  }
}
