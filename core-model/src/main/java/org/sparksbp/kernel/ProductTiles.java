package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Register-blocked products. Every element of c is summed in one order, {@code c = fma(a_i, b_i,
 * c)} for i upwards, in whichever tile it lies: a row of the result does not depend on the other
 * rows, nor on whether zeros of a were skipped.
 *
 * <p>One form serves a b and a^T b: element (row, inner) of the left factor lies at {@code aOffset
 * + row * rowStride + inner * innerStride}.
 */
final class ProductTiles {

  private static final int LANES = Lanes.COUNT;
  private static final int ROWS = 5;

  private ProductTiles() {}

  /**
   * {@code c += left b}.
   *
   * @param rows of left and c
   * @param inner columns of left, rows of b
   * @param n columns of b and c
   */
  static void add(
      int rows, int inner, int n, float[] a, int rowStride, int innerStride, float[] b, float[] c) {
    int column = 0;
    for (; column + 2 * LANES <= n; column += 2 * LANES) {
      int row = 0;
      for (; row + ROWS <= rows; row += ROWS) {
        tile5x2(inner, n, a, row * rowStride, rowStride, innerStride, b, column, c, row * n);
      }
      for (; row < rows; row++) {
        tile1x2(inner, n, a, row * rowStride, innerStride, b, column, c, row * n);
      }
    }
    for (; column < n; column += LANES) {
      int width = Math.min(LANES, n - column);
      int row = 0;
      for (; row + ROWS <= rows; row += ROWS) {
        tile5x1(inner, n, a, row * rowStride, rowStride, innerStride, b, column, c, row * n, width);
      }
      for (; row < rows; row++) {
        tile1x1(inner, n, a, row * rowStride, innerStride, b, column, c, row * n, width);
      }
    }
  }

  private static void tile5x2(
      int inner,
      int n,
      float[] a,
      int aOffset,
      int rowStride,
      int innerStride,
      float[] b,
      int column,
      float[] c,
      int cOffset) {
    int c0 = cOffset + column;
    int c1 = c0 + n;
    int c2 = c1 + n;
    int c3 = c2 + n;
    int c4 = c3 + n;
    FloatVector s00 = Lanes.load(c, c0);
    FloatVector s01 = Lanes.load(c, c0 + LANES);
    FloatVector s10 = Lanes.load(c, c1);
    FloatVector s11 = Lanes.load(c, c1 + LANES);
    FloatVector s20 = Lanes.load(c, c2);
    FloatVector s21 = Lanes.load(c, c2 + LANES);
    FloatVector s30 = Lanes.load(c, c3);
    FloatVector s31 = Lanes.load(c, c3 + LANES);
    FloatVector s40 = Lanes.load(c, c4);
    FloatVector s41 = Lanes.load(c, c4 + LANES);
    int a0 = aOffset;
    int at = column;
    for (int i = 0; i < inner; i++) {
      FloatVector b0 = Lanes.load(b, at);
      FloatVector b1 = Lanes.load(b, at + LANES);
      FloatVector f0 = Lanes.broadcast(a[a0]);
      s00 = f0.fma(b0, s00);
      s01 = f0.fma(b1, s01);
      FloatVector f1 = Lanes.broadcast(a[a0 + rowStride]);
      s10 = f1.fma(b0, s10);
      s11 = f1.fma(b1, s11);
      FloatVector f2 = Lanes.broadcast(a[a0 + 2 * rowStride]);
      s20 = f2.fma(b0, s20);
      s21 = f2.fma(b1, s21);
      FloatVector f3 = Lanes.broadcast(a[a0 + 3 * rowStride]);
      s30 = f3.fma(b0, s30);
      s31 = f3.fma(b1, s31);
      FloatVector f4 = Lanes.broadcast(a[a0 + 4 * rowStride]);
      s40 = f4.fma(b0, s40);
      s41 = f4.fma(b1, s41);
      a0 += innerStride;
      at += n;
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + LANES);
  }

  private static void tile1x2(
      int inner,
      int n,
      float[] a,
      int aOffset,
      int innerStride,
      float[] b,
      int column,
      float[] c,
      int cOffset) {
    FloatVector s0 = Lanes.load(c, cOffset + column);
    FloatVector s1 = Lanes.load(c, cOffset + column + LANES);
    for (int i = 0; i < inner; i++) {
      FloatVector factor = Lanes.broadcast(a[aOffset + i * innerStride]);
      s0 = factor.fma(Lanes.load(b, i * n + column), s0);
      s1 = factor.fma(Lanes.load(b, i * n + column + LANES), s1);
    }
    s0.intoArray(c, cOffset + column);
    s1.intoArray(c, cOffset + column + LANES);
  }

  private static void tile5x1(
      int inner,
      int n,
      float[] a,
      int aOffset,
      int rowStride,
      int innerStride,
      float[] b,
      int column,
      float[] c,
      int cOffset,
      int width) {
    float[] pad = Lanes.pad();
    for (int row = 0; row < ROWS; row++) {
      Lanes.copy(width, c, cOffset + row * n + column, pad, row * LANES);
    }
    FloatVector s0 = Lanes.load(pad, 0);
    FloatVector s1 = Lanes.load(pad, LANES);
    FloatVector s2 = Lanes.load(pad, 2 * LANES);
    FloatVector s3 = Lanes.load(pad, 3 * LANES);
    FloatVector s4 = Lanes.load(pad, 4 * LANES);
    int a0 = aOffset;
    int whole = wholeLoads(inner, n, column, b);
    for (int i = 0; i < inner; i++) {
      float[] source = b;
      int at = i * n + column;
      if (i >= whole) {
        Lanes.copy(width, b, at, pad, ROWS * LANES);
        source = pad;
        at = ROWS * LANES;
      }
      FloatVector b0 = Lanes.load(source, at);
      s0 = Lanes.broadcast(a[a0]).fma(b0, s0);
      s1 = Lanes.broadcast(a[a0 + rowStride]).fma(b0, s1);
      s2 = Lanes.broadcast(a[a0 + 2 * rowStride]).fma(b0, s2);
      s3 = Lanes.broadcast(a[a0 + 3 * rowStride]).fma(b0, s3);
      s4 = Lanes.broadcast(a[a0 + 4 * rowStride]).fma(b0, s4);
      a0 += innerStride;
    }
    s0.intoArray(pad, 0);
    s1.intoArray(pad, LANES);
    s2.intoArray(pad, 2 * LANES);
    s3.intoArray(pad, 3 * LANES);
    s4.intoArray(pad, 4 * LANES);
    for (int row = 0; row < ROWS; row++) {
      Lanes.copy(width, pad, row * LANES, c, cOffset + row * n + column);
    }
  }

  private static void tile1x1(
      int inner,
      int n,
      float[] a,
      int aOffset,
      int innerStride,
      float[] b,
      int column,
      float[] c,
      int cOffset,
      int width) {
    float[] pad = Lanes.pad();
    Lanes.copy(width, c, cOffset + column, pad, 0);
    FloatVector sum = Lanes.load(pad, 0);
    int whole = wholeLoads(inner, n, column, b);
    for (int i = 0; i < inner; i++) {
      float[] source = b;
      int at = i * n + column;
      if (i >= whole) {
        Lanes.copy(width, b, at, pad, LANES);
        source = pad;
        at = LANES;
      }
      sum = Lanes.broadcast(a[aOffset + i * innerStride]).fma(Lanes.load(source, at), sum);
    }
    sum.intoArray(pad, 0);
    Lanes.copy(width, pad, 0, c, cOffset + column);
  }

  /** Number of rows of b from which a vector can be loaded at a column without passing its end. */
  private static int wholeLoads(int inner, int n, int column, float[] b) {
    int last = b.length - LANES - column;
    return last < 0 ? 0 : Math.min(inner, last / n + 1);
  }

  /** {@code c[cOffset..] += sum of factors[i] b[rows[i], ..]}, the sparse form of one row. */
  static void addScaledRows(
      int count,
      int[] rows,
      int rowsOffset,
      float[] factors,
      int factorsOffset,
      int n,
      float[] b,
      float[] c,
      int cOffset) {
    int column = 0;
    for (; column + 8 * LANES <= n; column += 8 * LANES) {
      rows8(count, rows, rowsOffset, factors, factorsOffset, n, b, column, c, cOffset + column);
    }
    for (; column + 2 * LANES <= n; column += 2 * LANES) {
      rows2(count, rows, rowsOffset, factors, factorsOffset, n, b, column, c, cOffset + column);
    }
    for (; column < n; column += LANES) {
      int width = Math.min(LANES, n - column);
      rows1(
          count,
          rows,
          rowsOffset,
          factors,
          factorsOffset,
          n,
          b,
          column,
          c,
          cOffset + column,
          width);
    }
  }

  private static void rows8(
      int count,
      int[] rows,
      int rowsOffset,
      float[] factors,
      int factorsOffset,
      int n,
      float[] b,
      int column,
      float[] c,
      int to) {
    FloatVector s0 = Lanes.load(c, to);
    FloatVector s1 = Lanes.load(c, to + LANES);
    FloatVector s2 = Lanes.load(c, to + 2 * LANES);
    FloatVector s3 = Lanes.load(c, to + 3 * LANES);
    FloatVector s4 = Lanes.load(c, to + 4 * LANES);
    FloatVector s5 = Lanes.load(c, to + 5 * LANES);
    FloatVector s6 = Lanes.load(c, to + 6 * LANES);
    FloatVector s7 = Lanes.load(c, to + 7 * LANES);
    for (int i = 0; i < count; i++) {
      FloatVector factor = Lanes.broadcast(factors[factorsOffset + i]);
      int at = rows[rowsOffset + i] * n + column;
      s0 = factor.fma(Lanes.load(b, at), s0);
      s1 = factor.fma(Lanes.load(b, at + LANES), s1);
      s2 = factor.fma(Lanes.load(b, at + 2 * LANES), s2);
      s3 = factor.fma(Lanes.load(b, at + 3 * LANES), s3);
      s4 = factor.fma(Lanes.load(b, at + 4 * LANES), s4);
      s5 = factor.fma(Lanes.load(b, at + 5 * LANES), s5);
      s6 = factor.fma(Lanes.load(b, at + 6 * LANES), s6);
      s7 = factor.fma(Lanes.load(b, at + 7 * LANES), s7);
    }
    s0.intoArray(c, to);
    s1.intoArray(c, to + LANES);
    s2.intoArray(c, to + 2 * LANES);
    s3.intoArray(c, to + 3 * LANES);
    s4.intoArray(c, to + 4 * LANES);
    s5.intoArray(c, to + 5 * LANES);
    s6.intoArray(c, to + 6 * LANES);
    s7.intoArray(c, to + 7 * LANES);
  }

  private static void rows2(
      int count,
      int[] rows,
      int rowsOffset,
      float[] factors,
      int factorsOffset,
      int n,
      float[] b,
      int column,
      float[] c,
      int to) {
    FloatVector s0 = Lanes.load(c, to);
    FloatVector s1 = Lanes.load(c, to + LANES);
    for (int i = 0; i < count; i++) {
      FloatVector factor = Lanes.broadcast(factors[factorsOffset + i]);
      int at = rows[rowsOffset + i] * n + column;
      s0 = factor.fma(Lanes.load(b, at), s0);
      s1 = factor.fma(Lanes.load(b, at + LANES), s1);
    }
    s0.intoArray(c, to);
    s1.intoArray(c, to + LANES);
  }

  private static void rows1(
      int count,
      int[] rows,
      int rowsOffset,
      float[] factors,
      int factorsOffset,
      int n,
      float[] b,
      int column,
      float[] c,
      int to,
      int width) {
    float[] pad = Lanes.pad();
    Lanes.copy(width, c, to, pad, 0);
    FloatVector sum = Lanes.load(pad, 0);
    for (int i = 0; i < count; i++) {
      float[] source = b;
      int at = rows[rowsOffset + i] * n + column;
      if (at + LANES > b.length) {
        Lanes.copy(width, b, at, pad, LANES);
        source = pad;
        at = LANES;
      }
      FloatVector factor = Lanes.broadcast(factors[factorsOffset + i]);
      sum = factor.fma(Lanes.load(source, at), sum);
    }
    sum.intoArray(pad, 0);
    Lanes.copy(width, pad, 0, c, to);
  }
}
