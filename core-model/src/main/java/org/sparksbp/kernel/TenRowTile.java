package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * A tile of ten rows and two vectors of {@link ProductTiles}: twenty sums, which fit beside two
 * vectors of b and a factor into the 32 registers that a processor with vectors of 512 bits has.
 * Each vector of b that is loaded serves ten rows, not five.
 */
final class TenRowTile {

  static final int ROWS = 10;

  /**
   * Whether twenty sums have registers; where they have none the tile is slower than two of five.
   */
  static final boolean FITS = Lanes.COUNT >= 16;

  private static final int LANES = Lanes.COUNT;

  private TenRowTile() {}

  /**
   * Adds to ten rows of c.
   *
   * @param inner columns of the left factor
   * @param a0 where its first row begins
   * @param b0 where the tile's columns of b begin
   * @param n from a row of b to the next
   * @param c0 where the tile's first row of c begins, the others every {@code stride} behind it
   */
  static void add(
      int inner,
      float[] a,
      int a0,
      int rowStride,
      int innerStride,
      float[] b,
      int b0,
      int n,
      float[] c,
      int c0,
      int stride) {
    int c1 = c0 + stride;
    int c2 = c1 + stride;
    int c3 = c2 + stride;
    int c4 = c3 + stride;
    int c5 = c4 + stride;
    int c6 = c5 + stride;
    int c7 = c6 + stride;
    int c8 = c7 + stride;
    int c9 = c8 + stride;
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
    FloatVector s50 = Lanes.load(c, c5);
    FloatVector s51 = Lanes.load(c, c5 + LANES);
    FloatVector s60 = Lanes.load(c, c6);
    FloatVector s61 = Lanes.load(c, c6 + LANES);
    FloatVector s70 = Lanes.load(c, c7);
    FloatVector s71 = Lanes.load(c, c7 + LANES);
    FloatVector s80 = Lanes.load(c, c8);
    FloatVector s81 = Lanes.load(c, c8 + LANES);
    FloatVector s90 = Lanes.load(c, c9);
    FloatVector s91 = Lanes.load(c, c9 + LANES);
    int upper = a0;
    int lower = a0 + 5 * rowStride;
    int at = b0;
    for (int i = 0; i < inner; i++) {
      FloatVector left = Lanes.load(b, at);
      FloatVector right = Lanes.load(b, at + LANES);
      FloatVector f0 = Lanes.broadcast(a[upper]);
      s00 = f0.fma(left, s00);
      s01 = f0.fma(right, s01);
      FloatVector f1 = Lanes.broadcast(a[upper + rowStride]);
      s10 = f1.fma(left, s10);
      s11 = f1.fma(right, s11);
      FloatVector f2 = Lanes.broadcast(a[upper + 2 * rowStride]);
      s20 = f2.fma(left, s20);
      s21 = f2.fma(right, s21);
      FloatVector f3 = Lanes.broadcast(a[upper + 3 * rowStride]);
      s30 = f3.fma(left, s30);
      s31 = f3.fma(right, s31);
      FloatVector f4 = Lanes.broadcast(a[upper + 4 * rowStride]);
      s40 = f4.fma(left, s40);
      s41 = f4.fma(right, s41);
      FloatVector f5 = Lanes.broadcast(a[lower]);
      s50 = f5.fma(left, s50);
      s51 = f5.fma(right, s51);
      FloatVector f6 = Lanes.broadcast(a[lower + rowStride]);
      s60 = f6.fma(left, s60);
      s61 = f6.fma(right, s61);
      FloatVector f7 = Lanes.broadcast(a[lower + 2 * rowStride]);
      s70 = f7.fma(left, s70);
      s71 = f7.fma(right, s71);
      FloatVector f8 = Lanes.broadcast(a[lower + 3 * rowStride]);
      s80 = f8.fma(left, s80);
      s81 = f8.fma(right, s81);
      FloatVector f9 = Lanes.broadcast(a[lower + 4 * rowStride]);
      s90 = f9.fma(left, s90);
      s91 = f9.fma(right, s91);
      upper += innerStride;
      lower += innerStride;
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
    s50.intoArray(c, c5);
    s51.intoArray(c, c5 + LANES);
    s60.intoArray(c, c6);
    s61.intoArray(c, c6 + LANES);
    s70.intoArray(c, c7);
    s71.intoArray(c, c7 + LANES);
    s80.intoArray(c, c8);
    s81.intoArray(c, c8 + LANES);
    s90.intoArray(c, c9);
    s91.intoArray(c, c9 + LANES);
  }
}
