package org.sparksbp.kernel;

/** Loops over plain arrays, in the order that the compiler vectorises. */
public final class PlainKernels implements Kernels {

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public void multiplyAdd(int m, int k, int n, float[] a, float[] b, float[] c) {
    for (int row = 0; row < m; row++) {
      for (int inner = 0; inner < k; inner++) {
        float factor = a[row * k + inner];
        if (factor != 0f) {
          scaledAdd(n, factor, b, inner * n, c, row * n);
        }
      }
    }
  }

  @Override
  public void multiplyTransposedAdd(int m, int k, int n, float[] a, float[] b, float[] c) {
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < n; column++) {
        c[row * n + column] += dot(k, a, row * k, b, column * k);
      }
    }
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

  @Override
  public void sigmaInPlace(float[] x, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      x[i] = (float) Math.tanh(0.5 * x[i]);
    }
  }

  @Override
  public void sigmoidInPlace(float[] x, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      x[i] = (float) (1.0 / (1.0 + Math.exp(-x[i])));
    }
  }
}
