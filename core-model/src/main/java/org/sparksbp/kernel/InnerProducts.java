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
        // Behind the last column the last one is taken again, and its sum left where it is.
        int last = n - 1;
        int b1 = Math.min(column + 1, last) * k;
        int b2 = Math.min(column + 2, last) * k;
        int b3 = Math.min(column + 3, last) * k;
        four(k, a, row * k, b, column * k, b1, b2, b3, pad);
        int width = Math.min(4, n - column);
        for (int i = 0; i < width; i++) {
          c[row * n + column + i] += pad[i];
        }
      }
    }
  }

  /** Leaves the four sums in the pad's first elements. */
  private static void four(
      int k, float[] a, int a0, float[] b, int b0, int b1, int b2, int b3, float[] pad) {
    int whole = k - k % SUMS;
    for (int part = 0; part < SUMS; part += LANES) {
      part(whole, a, a0 + part, b, b0 + part, b1 + part, b2 + part, b3 + part, pad, part);
    }
    fold(pad);
    for (int i = whole; i < k; i++) {
      float factor = a[a0 + i];
      pad[0] = Math.fma(factor, b[b0 + i], pad[0]);
      pad[1] = Math.fma(factor, b[b1 + i], pad[1]);
      pad[2] = Math.fma(factor, b[b2 + i], pad[2]);
      pad[3] = Math.fma(factor, b[b3 + i], pad[3]);
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
   * Adds up four times {@link #SUMS} partial sums, in eight independent sums. Vectors of a smaller
   * species would be quicker, but a second species in one process keeps the compiler from inlining
   * the first.
   */
  private static void fold(float[] pad) {
    int half = SUMS / 2;
    float low0 = 0f;
    float low1 = 0f;
    float low2 = 0f;
    float low3 = 0f;
    float high0 = 0f;
    float high1 = 0f;
    float high2 = 0f;
    float high3 = 0f;
    for (int lane = 0; lane < half; lane++) {
      low0 += pad[lane];
      low1 += pad[SUMS + lane];
      low2 += pad[2 * SUMS + lane];
      low3 += pad[3 * SUMS + lane];
      high0 += pad[half + lane];
      high1 += pad[SUMS + half + lane];
      high2 += pad[2 * SUMS + half + lane];
      high3 += pad[3 * SUMS + half + lane];
    }
    pad[0] = low0 + high0;
    pad[1] = low1 + high1;
    pad[2] = low2 + high2;
    pad[3] = low3 + high3;
  }
}
