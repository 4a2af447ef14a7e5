package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Register-blocked products whose rows lie anywhere: as {@link ProductTiles}, but row i of the
 * right factor starts at {@code bAt[i]} and row r of the result at {@code cAt[r]}. Every element of
 * c is summed in the order of i.
 */
final class ChosenRowTiles {

  private static final int LANES = Lanes.COUNT;
  private static final int ROWS = 5;
  private static final int WIDE = 2 * LANES;

  private final int inner;
  private final float[] a;
  private final int rowStride;
  private final int innerStride;
  private final float[] b;
  private final int[] bAt;
  private final float[] c;
  private final int[] cAt;

  /**
   * @param inner columns of the left factor
   * @param a left factor; its element (r, i) lies at {@code r * rowStride + i * innerStride}
   */
  ChosenRowTiles(
      int inner,
      float[] a,
      int rowStride,
      int innerStride,
      float[] b,
      int[] bAt,
      float[] c,
      int[] cAt) {
    this.inner = inner;
    this.a = a;
    this.rowStride = rowStride;
    this.innerStride = innerStride;
    this.b = b;
    this.bAt = bAt;
    this.c = c;
    this.cAt = cAt;
  }

  /** Adds to the first {@code rows} rows of c, each {@code n} long. */
  void add(int rows, int n) {
    int fives = rows - rows % ROWS;
    int column = 0;
    for (; column + WIDE <= n; column += WIDE) {
      for (int row = 0; row < fives; row += ROWS) {
        fiveRows(row, column, c, cAt[row], cAt[row + 1], cAt[row + 2], cAt[row + 3], cAt[row + 4]);
      }
      for (int row = fives; row < rows; row++) {
        oneRow(row, column);
      }
    }
    if (column < n && n >= WIDE) {
      for (int row = 0; row < fives; row += ROWS) {
        lastOfFiveRows(row, column, n);
      }
    }
    for (; column < n; column += LANES) {
      int width = Math.min(LANES, n - column);
      for (int row = 0; row < fives && n < WIDE; row += ROWS) {
        endOfFiveRows(row, column, width);
      }
      for (int row = fives; row < rows; row++) {
        endOfOneRow(row, column, width);
      }
    }
  }

  /** Columns that fill no tile, by way of the pad, in one that overlaps the tile before it. */
  private void lastOfFiveRows(int row, int column, int n) {
    float[] pad = Lanes.pad();
    int first = n - WIDE;
    int done = column - first;
    for (int r = 0; r < ROWS; r++) {
      Lanes.copy(WIDE - done, c, cAt[row + r] + column, pad, r * WIDE + done);
    }
    // The pad's rows begin where fiveRows adds the column to.
    int start = -first;
    fiveRows(
        row, first, pad, start, start + WIDE, start + 2 * WIDE, start + 3 * WIDE, start + 4 * WIDE);
    for (int r = 0; r < ROWS; r++) {
      Lanes.copy(WIDE - done, pad, r * WIDE + done, c, cAt[row + r] + column);
    }
  }

  /** Adds to five rows of {@code to}, which is c or the pad; each starts at one of the numbers. */
  private void fiveRows(
      int row, int column, float[] to, int to0, int to1, int to2, int to3, int to4) {
    // Fields are read once: the compiler would read them again after every store.
    float[] left = a;
    float[] right = b;
    int[] at = bAt;
    int stride = rowStride;
    int next = innerStride;
    int c0 = to0 + column;
    int c1 = to1 + column;
    int c2 = to2 + column;
    int c3 = to3 + column;
    int c4 = to4 + column;
    FloatVector s00 = Lanes.load(to, c0);
    FloatVector s01 = Lanes.load(to, c0 + LANES);
    FloatVector s10 = Lanes.load(to, c1);
    FloatVector s11 = Lanes.load(to, c1 + LANES);
    FloatVector s20 = Lanes.load(to, c2);
    FloatVector s21 = Lanes.load(to, c2 + LANES);
    FloatVector s30 = Lanes.load(to, c3);
    FloatVector s31 = Lanes.load(to, c3 + LANES);
    FloatVector s40 = Lanes.load(to, c4);
    FloatVector s41 = Lanes.load(to, c4 + LANES);
    int a0 = row * stride;
    for (int i = 0; i < inner; i++) {
      FloatVector b0 = Lanes.load(right, at[i] + column);
      FloatVector b1 = Lanes.load(right, at[i] + column + LANES);
      FloatVector f0 = Lanes.broadcast(left[a0]);
      s00 = f0.fma(b0, s00);
      s01 = f0.fma(b1, s01);
      FloatVector f1 = Lanes.broadcast(left[a0 + stride]);
      s10 = f1.fma(b0, s10);
      s11 = f1.fma(b1, s11);
      FloatVector f2 = Lanes.broadcast(left[a0 + 2 * stride]);
      s20 = f2.fma(b0, s20);
      s21 = f2.fma(b1, s21);
      FloatVector f3 = Lanes.broadcast(left[a0 + 3 * stride]);
      s30 = f3.fma(b0, s30);
      s31 = f3.fma(b1, s31);
      FloatVector f4 = Lanes.broadcast(left[a0 + 4 * stride]);
      s40 = f4.fma(b0, s40);
      s41 = f4.fma(b1, s41);
      a0 += next;
    }
    s00.intoArray(to, c0);
    s01.intoArray(to, c0 + LANES);
    s10.intoArray(to, c1);
    s11.intoArray(to, c1 + LANES);
    s20.intoArray(to, c2);
    s21.intoArray(to, c2 + LANES);
    s30.intoArray(to, c3);
    s31.intoArray(to, c3 + LANES);
    s40.intoArray(to, c4);
    s41.intoArray(to, c4 + LANES);
  }

  private void oneRow(int row, int column) {
    int to = cAt[row] + column;
    FloatVector s0 = Lanes.load(c, to);
    FloatVector s1 = Lanes.load(c, to + LANES);
    for (int i = 0; i < inner; i++) {
      FloatVector factor = Lanes.broadcast(a[row * rowStride + i * innerStride]);
      s0 = factor.fma(Lanes.load(b, bAt[i] + column), s0);
      s1 = factor.fma(Lanes.load(b, bAt[i] + column + LANES), s1);
    }
    s0.intoArray(c, to);
    s1.intoArray(c, to + LANES);
  }

  private void endOfFiveRows(int row, int column, int width) {
    float[] pad = Lanes.pad();
    for (int r = 0; r < ROWS; r++) {
      copy(width, c, cAt[row + r] + column, pad, r * LANES);
    }
    FloatVector s0 = Lanes.load(pad, 0);
    FloatVector s1 = Lanes.load(pad, LANES);
    FloatVector s2 = Lanes.load(pad, 2 * LANES);
    FloatVector s3 = Lanes.load(pad, 3 * LANES);
    FloatVector s4 = Lanes.load(pad, 4 * LANES);
    float[] left = a;
    int stride = rowStride;
    int a0 = row * stride;
    for (int i = 0; i < inner; i++) {
      FloatVector b0 = endOfRow(bAt[i] + column, width, pad);
      s0 = Lanes.broadcast(left[a0]).fma(b0, s0);
      s1 = Lanes.broadcast(left[a0 + stride]).fma(b0, s1);
      s2 = Lanes.broadcast(left[a0 + 2 * stride]).fma(b0, s2);
      s3 = Lanes.broadcast(left[a0 + 3 * stride]).fma(b0, s3);
      s4 = Lanes.broadcast(left[a0 + 4 * stride]).fma(b0, s4);
      a0 += innerStride;
    }
    s0.intoArray(pad, 0);
    s1.intoArray(pad, LANES);
    s2.intoArray(pad, 2 * LANES);
    s3.intoArray(pad, 3 * LANES);
    s4.intoArray(pad, 4 * LANES);
    for (int r = 0; r < ROWS; r++) {
      copy(width, pad, r * LANES, c, cAt[row + r] + column);
    }
  }

  private void endOfOneRow(int row, int column, int width) {
    float[] pad = Lanes.pad();
    copy(width, c, cAt[row] + column, pad, 0);
    FloatVector sum = Lanes.load(pad, 0);
    for (int i = 0; i < inner; i++) {
      FloatVector factor = Lanes.broadcast(a[row * rowStride + i * innerStride]);
      sum = factor.fma(endOfRow(bAt[i] + column, width, pad), sum);
    }
    sum.intoArray(pad, 0);
    copy(width, pad, 0, c, cAt[row] + column);
  }

  /** A vector of which only {@code width} lanes count; near the end of b by way of the pad. */
  private FloatVector endOfRow(int at, int width, float[] pad) {
    if (at + LANES <= b.length) {
      return Lanes.load(b, at);
    }
    copy(width, b, at, pad, ROWS * LANES);
    return Lanes.load(pad, ROWS * LANES);
  }

  private static void copy(int width, float[] from, int fromOffset, float[] to, int toOffset) {
    if (width == LANES) {
      Lanes.load(from, fromOffset).intoArray(to, toOffset);
    } else {
      Lanes.copy(width, from, fromOffset, to, toOffset);
    }
  }
}
