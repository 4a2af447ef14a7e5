package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Register-blocked products. Every element of c is summed in one order, {@code c = fma(a_i, b_i,
 * c)} for i upwards, in whichever tile it lies: a row of the result does not depend on the other
 * rows, nor on whether zeros of a were skipped.
 *
 * <p>One form serves a b and a^T b: element (row, inner) of the left factor lies at {@code aOffset
 * + row * rowStride + inner * innerStride}.
 *
 * <p>Columns that fill no tile are worked on by way of the pad, in one that overlaps the tile
 * before it; only what is new goes from there to c.
 */
final class ProductTiles {

  private static final int LANES = Lanes.COUNT;
  private static final int ROWS = 5;
  private static final int WIDE = 2 * LANES;

  /** 0, 1, 2 and so on; only ever replaced by a longer one. */
  private static int[] numbers = new int[0];

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
    int fives = rows - rows % ROWS;
    int column = 0;
    int tens = TenRowTile.FITS ? rows - rows % TenRowTile.ROWS : 0;
    for (; column + WIDE <= n; column += WIDE) {
      for (int row = 0; row < tens; row += TenRowTile.ROWS) {
        int to = row * n + column;
        int from = row * rowStride;
        TenRowTile.add(inner, a, from, rowStride, innerStride, b, column, n, c, to, n);
      }
      for (int row = tens; row < fives; row += ROWS) {
        int to = row * n + column;
        int from = row * rowStride;
        tile5x2(inner, n, a, from, rowStride, innerStride, b, column, c, to, n);
      }
    }
    if (column < n && n >= WIDE) {
      addLastColumns(fives, column, inner, n, a, rowStride, innerStride, b, c);
      column = n;
    }
    for (; column < n; column += LANES) {
      int width = Math.min(LANES, n - column);
      for (int row = 0; row < fives; row += ROWS) {
        tile5x1(inner, n, a, row * rowStride, rowStride, innerStride, b, column, c, row * n, width);
      }
    }
    if (fives < rows) {
      ScaledRows left = new ScaledRows(numbers(inner), a, innerStride, n, b);
      for (int row = fives; row < rows; row++) {
        left.add(inner, 0, row * rowStride, c, row * n);
      }
    }
  }

  private static void addLastColumns(
      int rows,
      int column,
      int inner,
      int n,
      float[] a,
      int rowStride,
      int innerStride,
      float[] b,
      float[] c) {
    float[] pad = Lanes.pad();
    int first = n - WIDE;
    int done = column - first;
    for (int row = 0; row < rows; row += ROWS) {
      int from = row * rowStride;
      int to = row * n + first;
      for (int r = 0; r < ROWS; r++) {
        Lanes.copy(WIDE - done, c, to + r * n + done, pad, r * WIDE + done);
      }
      tile5x2(inner, n, a, from, rowStride, innerStride, b, first, pad, 0, WIDE);
      for (int r = 0; r < ROWS; r++) {
        Lanes.copy(WIDE - done, pad, r * WIDE + done, c, to + r * n + done);
      }
    }
  }

  private static int[] numbers(int count) {
    int[] known = numbers;
    if (known.length < count) {
      known = new int[Math.max(count, 1024)];
      for (int i = 0; i < known.length; i++) {
        known[i] = i;
      }
      numbers = known;
    }
    return known;
  }

  /** Rows of c, or of the pad in its place, begin at c0 and every {@code stride} behind it. */
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
      int c0,
      int stride) {
    int c1 = c0 + stride;
    int c2 = c1 + stride;
    int c3 = c2 + stride;
    int c4 = c3 + stride;
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

  /** Number of rows of b from which a vector can be loaded at a column without passing its end. */
  private static int wholeLoads(int inner, int n, int column, float[] b) {
    int last = b.length - LANES - column;
    return last < 0 ? 0 : Math.min(inner, last / n + 1);
  }
}
