package org.sparksbp.kernel;

/**
 * Dense loops over row-major {@code float[]} matrices. Names that end in {@code InPlace} or {@code
 * Add} change an argument. {@code offset} arguments are first elements, in floats; matrices are
 * contiguous.
 */
public interface Kernels {

  /** {@code plain} or {@code vector}. */
  String name();

  /** {@code c += a b}: a {@code [m, k]}, b {@code [k, n]}, c {@code [m, n]}. */
  void multiplyAdd(int m, int k, int n, float[] a, float[] b, float[] c);

  /** {@code c += a b^T}: a {@code [m, k]}, b {@code [n, k]}, c {@code [m, n]}. */
  void multiplyTransposedAdd(int m, int k, int n, float[] a, float[] b, float[] c);

  /**
   * {@code c += scale a^T b}: a {@code [m, k]}, b {@code [m, n]}, c {@code [k, n]}; rows of zeros
   * in a are skipped.
   */
  void transposedMultiplyAdd(int m, int k, int n, float scale, float[] a, float[] b, float[] c);

  /** {@code y[yOffset..] += scale x[xOffset..]} for {@code length} elements. */
  void scaledAdd(int length, float scale, float[] x, int xOffset, float[] y, int yOffset);

  /** Inner product of {@code length} elements. */
  float dot(int length, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * {@code x = 2 / (1 + exp(-x)) - 1 = tanh(x / 2)} for {@code length} elements from {@code
   * offset}.
   */
  void sigmaInPlace(float[] x, int offset, int length);

  /** {@code x = 1 / (1 + exp(-x))} for {@code length} elements from {@code offset}. */
  void sigmoidInPlace(float[] x, int offset, int length);

  /**
   * {@code c[cOffset..] += sum over i of factors[factorsOffset + i] b[rows[rowsOffset + i], ..]}.
   *
   * @param count number of rows to add
   * @param n length of a row
   */
  default void addScaledRows(
      int count,
      int[] rows,
      int rowsOffset,
      float[] factors,
      int factorsOffset,
      int n,
      float[] b,
      float[] c,
      int cOffset) {
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      float f0 = factors[factorsOffset + i];
      float f1 = factors[factorsOffset + i + 1];
      float f2 = factors[factorsOffset + i + 2];
      float f3 = factors[factorsOffset + i + 3];
      int b0 = rows[rowsOffset + i] * n;
      int b1 = rows[rowsOffset + i + 1] * n;
      int b2 = rows[rowsOffset + i + 2] * n;
      int b3 = rows[rowsOffset + i + 3] * n;
      for (int j = 0; j < n; j++) {
        c[cOffset + j] += (f0 * b[b0 + j] + f1 * b[b1 + j]) + (f2 * b[b2 + j] + f3 * b[b3 + j]);
      }
    }
    for (; i < count; i++) {
      scaledAdd(n, factors[factorsOffset + i], b, rows[rowsOffset + i] * n, c, cOffset);
    }
  }

  /**
   * {@code c += a b} of the elements of a that are not 0, row by row.
   *
   * @param m rows of a and c
   * @param rowStart where each row's elements begin, and behind them where the last row ends,
   *     {@code [m + 1]}
   * @param columns of a's elements
   * @param factors a's elements
   * @param n columns of b and c
   */
  default void multiplySparseAdd(
      int m, int[] rowStart, int[] columns, float[] factors, int n, float[] b, float[] c) {
    for (int row = 0; row < m; row++) {
      int start = rowStart[row];
      addScaledRows(rowStart[row + 1] - start, columns, factors, start, n, b, c, row * n);
    }
  }

  /** {@link #addScaledRows} with rows and factors at one offset. */
  default void addScaledRows(
      int count,
      int[] rows,
      float[] factors,
      int offset,
      int n,
      float[] b,
      float[] c,
      int cOffset) {
    addScaledRows(count, rows, offset, factors, offset, n, b, c, cOffset);
  }

  /** {@code y[j] += |x[xOffset + j]|} for {@code length} elements. */
  default void addMagnitudes(int length, float[] x, int xOffset, float[] y) {
    for (int j = 0; j < length; j++) {
      y[j] += Math.abs(x[xOffset + j]);
    }
  }

  /** {@code z[offset + j] += x[offset + j] y[j]} for {@code length} elements. */
  default void addProducts(int length, float[] x, float[] y, float[] z, int offset) {
    for (int j = 0; j < length; j++) {
      z[offset + j] += x[offset + j] * y[j];
    }
  }

  /**
   * Sums of rows by sign, in one pass: {@code positive[at + row]} becomes the sum of a row's max(x,
   * 0), {@code negative[at + row]} that of min(x, 0), and {@code columnDepression[j] += min(x, 0)}
   * of column j, row by row.
   *
   * @param x the rows of {@code length} elements, one after the other from {@code offset} on
   */
  default void sumBySign(
      int rows,
      int length,
      float[] x,
      int offset,
      float[] columnDepression,
      float[] positive,
      float[] negative,
      int at) {
    for (int row = 0; row < rows; row++) {
      int from = offset + row * length;
      float up0 = 0f;
      float up1 = 0f;
      float up2 = 0f;
      float up3 = 0f;
      float down0 = 0f;
      float down1 = 0f;
      float down2 = 0f;
      float down3 = 0f;
      int j = 0;
      for (; j + 4 <= length; j += 4) {
        float x0 = x[from + j];
        float x1 = x[from + j + 1];
        float x2 = x[from + j + 2];
        float x3 = x[from + j + 3];
        up0 += x0 + Math.abs(x0);
        up1 += x1 + Math.abs(x1);
        up2 += x2 + Math.abs(x2);
        up3 += x3 + Math.abs(x3);
        down0 += x0 - Math.abs(x0);
        down1 += x1 - Math.abs(x1);
        down2 += x2 - Math.abs(x2);
        down3 += x3 - Math.abs(x3);
      }
      for (; j < length; j++) {
        up0 += x[from + j] + Math.abs(x[from + j]);
        down0 += x[from + j] - Math.abs(x[from + j]);
      }
      positive[at + row] = 0.5f * ((up0 + up1) + (up2 + up3));
      negative[at + row] = 0.5f * ((down0 + down1) + (down2 + down3));
      // min(x, 0) = (x - |x|)/2, exactly; the compiler vectorises this loop when it stands alone.
      for (j = 0; j < length; j++) {
        float value = x[from + j];
        columnDepression[j] += 0.5f * (value - Math.abs(value));
      }
    }
  }

  /**
   * Scales positive and negative elements of rows differently: an element x of column j becomes
   * {@code max(x, 0) (positive[at + row] + positives[j]) + min(x, 0) (negative[at + row] +
   * negatives[j])}.
   *
   * @param x the rows of {@code length} elements, one after the other from {@code offset} on
   */
  default void scaleBySignInPlace(
      int rows,
      int length,
      float[] x,
      int offset,
      float[] positive,
      float[] positives,
      float[] negative,
      float[] negatives,
      int at) {
    for (int row = 0; row < rows; row++) {
      int from = offset + row * length;
      float up = positive[at + row];
      float down = negative[at + row];
      for (int j = 0; j < length; j++) {
        float value = x[from + j];
        float size = Math.abs(value);
        x[from + j] =
            0.5f * ((value + size) * (up + positives[j]) + (value - size) * (down + negatives[j]));
      }
    }
  }

  /**
   * {@code x = sigma(x - rate (x - drive))} for {@code length} elements from {@code offset} of
   * both.
   */
  default void relaxInPlace(float rate, float[] drive, float[] x, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      x[i] -= rate * (x[i] - drive[i]);
    }
    sigmaInPlace(x, offset, length);
  }

  /**
   * {@code c += a^T b'}, with b' the chosen rows of b.
   *
   * @param count rows of a
   * @param m columns of a
   * @param n columns of b and c
   * @param a {@code [count, m]}
   * @param rows which row of b belongs to each row of a, {@code [count]}
   * @param c {@code [m, n]}
   */
  default void multiplyChosenRowsAdd(
      int count, int m, int n, float[] a, int[] rows, float[] b, float[] c) {
    float[] column = new float[count];
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < count; i++) {
        column[i] = a[i * m + j];
      }
      addScaledRows(count, rows, column, 0, n, b, c, j * n);
    }
  }

  /**
   * {@code c' += a b}, with c' the chosen rows of c.
   *
   * @param count rows of a
   * @param k columns of a, rows of b
   * @param n columns of b and c
   * @param a {@code [count, k]}
   * @param rows which row of c belongs to each row of a, {@code [count]}; all different
   * @param b {@code [k, n]}
   */
  default void multiplyAddToChosenRows(
      int count, int k, int n, float[] a, int[] rows, float[] b, float[] c) {
    int[] all = new int[k];
    for (int i = 0; i < k; i++) {
      all[i] = i;
    }
    for (int i = 0; i < count; i++) {
      addScaledRows(k, all, 0, a, i * k, n, b, c, rows[i] * n);
    }
  }

  /**
   * {@code c += a^T b'}, with a of zeros and ones and b' the chosen rows of b.
   *
   * @param count rows of a
   * @param m columns of a, at most 64
   * @param n columns of b and c
   * @param patterns rows of a, bit j is column j, {@code [count]}
   * @param rows which row of b belongs to each row of a, {@code [count]}
   * @param c {@code [m, n]}
   */
  default void multiplyBinaryAdd(
      int count, int m, int n, long[] patterns, int[] rows, float[] b, float[] c) {
    BinaryProducts.ofThread().multiplyAdd(count, m, n, patterns, rows, b, c);
  }

  /**
   * {@code c' += a b}, with a of zeros and ones and c' the chosen rows of c.
   *
   * @param count rows of a
   * @param k columns of a, rows of b, at most 64
   * @param n columns of b and c
   * @param patterns rows of a, bit j is column j, {@code [count]}
   * @param b {@code [k, n]}
   * @param rows which row of c belongs to each row of a, {@code [count]}; all different
   */
  default void multiplyBinaryAddToChosenRows(
      int count, int k, int n, long[] patterns, float[] b, int[] rows, float[] c) {
    BinaryProducts.ofThread().addToChosenRows(count, k, n, patterns, b, rows, c);
  }

  /**
   * {@code x = min(1, max(0, keep x + drive))} for {@code length} elements of both; NaN stays NaN.
   */
  default void keepAndClipInPlace(int length, float keep, float[] drive, float[] x) {
    for (int i = 0; i < length; i++) {
      x[i] = Math.min(1f, Math.max(0f, keep * x[i] + drive[i]));
    }
  }

  /**
   * One update of the optimiser Adam for all elements (D. P. Kingma, J. Ba, ICLR 2015, section 2,
   * the form with the bias corrections in the step size):
   *
   * <pre>
   *   first  = keepFirst first + (1 - keepFirst) gradient
   *   second = keepSecond max(0, second) + (1 - keepSecond) gradient^2
   *   x     -= step first / (sqrt(second) + epsilon)
   * </pre>
   */
  default void adamInPlace(
      float keepFirst,
      float keepSecond,
      float step,
      float epsilon,
      float[] gradient,
      float[] first,
      float[] second,
      float[] x) {
    for (int i = 0; i < x.length; i++) {
      float slope = gradient[i];
      float newFirst = keepFirst * first[i] + (1f - keepFirst) * slope;
      float newSecond = keepSecond * Math.max(0f, second[i]) + (1f - keepSecond) * slope * slope;
      first[i] = newFirst;
      second[i] = newSecond;
      x[i] -= step * newFirst / ((float) Math.sqrt(newSecond) + epsilon);
    }
  }
}
