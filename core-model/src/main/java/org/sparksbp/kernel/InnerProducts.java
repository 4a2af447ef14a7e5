package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * {@code c += a b^T} for few columns and long rows: inner products along the rows, four at a time.
 * An element's sum depends on its two rows alone, and not on the width of vectors: element i is
 * added to partial sum {@code i mod SUMS}, as {@link LaneSums} has it.
 */
final class InnerProducts {

  private static final int LANES = Lanes.COUNT;
  private static final int SUMS = LaneSums.SUMS;

  private InnerProducts() {}

  /** a {@code [m, k]}, b {@code [n, k]}, c {@code [m, n]}. */
  static void add(int m, int k, int n, float[] a, float[] b, float[] c) {
    float[] pad = Lanes.pad();
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < n; column += 4) {
        four(k, n, a, row * k, b, column, c, row * n, pad);
      }
    }
  }

  /** Adds to the elements of a row of c from {@code column} on, as many as there are up to four. */
  private static void four(
      int k, int n, float[] a, int a0, float[] b, int column, float[] c, int row, float[] pad) {
    // Behind the last column the last one is taken again, and its sum left where it is.
    int last = n - 1;
    int b0 = column * k;
    int b1 = Math.min(column + 1, last) * k;
    int b2 = Math.min(column + 2, last) * k;
    int b3 = Math.min(column + 3, last) * k;
    int whole = k - k % SUMS;
    for (int part = 0; part < SUMS; part += LANES) {
      part(whole, a, a0 + part, b, b0 + part, b1 + part, b2 + part, b3 + part, pad, part);
    }
    float s0 = total(pad, 0);
    float s1 = total(pad, SUMS);
    float s2 = total(pad, 2 * SUMS);
    float s3 = total(pad, 3 * SUMS);
    for (int i = whole; i < k; i++) {
      float factor = a[a0 + i];
      s0 = Math.fma(factor, b[b0 + i], s0);
      s1 = Math.fma(factor, b[b1 + i], s1);
      s2 = Math.fma(factor, b[b2 + i], s2);
      s3 = Math.fma(factor, b[b3 + i], s3);
    }
    int to = row + column;
    int columns = n - column;
    c[to] += s0;
    if (columns > 1) {
      c[to + 1] += s1;
    }
    if (columns > 2) {
      c[to + 2] += s2;
    }
    if (columns > 3) {
      c[to + 3] += s3;
    }
  }

  private static void part(
      int whole,
      float[] a,
      int a0,
      float[] b,
      int b0,
      int b1,
      int b2,
      int b3,
      float[] pad,
      int part) {
    FloatVector s0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < whole; i += SUMS) {
      FloatVector factor = Lanes.load(a, a0 + i);
      s0 = factor.fma(Lanes.load(b, b0 + i), s0);
      s1 = factor.fma(Lanes.load(b, b1 + i), s1);
      s2 = factor.fma(Lanes.load(b, b2 + i), s2);
      s3 = factor.fma(Lanes.load(b, b3 + i), s3);
    }
    s0.intoArray(pad, part);
    s1.intoArray(pad, SUMS + part);
    s2.intoArray(pad, 2 * SUMS + part);
    s3.intoArray(pad, 3 * SUMS + part);
  }

  /**
   * Adds up {@link #SUMS} partial sums in two halves. Vectors of a smaller species would be
   * quicker, but a second species in one process keeps the compiler from inlining the first.
   */
  private static float total(float[] pad, int from) {
    return half(pad, from) + half(pad, from + SUMS / 2);
  }

  private static float half(float[] pad, int from) {
    float sum = pad[from] + pad[from + 1];
    sum += pad[from + 2];
    sum += pad[from + 3];
    sum += pad[from + 4];
    sum += pad[from + 5];
    sum += pad[from + 6];
    return sum + pad[from + 7];
  }
}
