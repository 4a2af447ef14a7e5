package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * A sum of scaled rows of a matrix: some of its columns are added to a row of results. Every
 * element is summed in the order of the rows.
 *
 * @param count number of rows in the sum
 * @param rows which they are, from {@code rowsOffset}
 * @param factors what they are scaled by, from {@code factorsOffset}
 * @param factorsStride from a factor to the next
 * @param n length of a row of b
 */
record ScaledRows(
    int count,
    int[] rows,
    int rowsOffset,
    float[] factors,
    int factorsOffset,
    int factorsStride,
    int n,
    float[] b) {

  private static final int LANES = Lanes.COUNT;

  /** Eight vectors of columns, from c to {@code to}, which is c itself or a pad. */
  void addEight(int column, float[] c, int from, float[] to, int toOffset) {
    int[] chosen = rows;
    float[] scales = factors;
    float[] matrix = b;
    int length = n;
    FloatVector s0 = Lanes.load(c, from);
    FloatVector s1 = Lanes.load(c, from + LANES);
    FloatVector s2 = Lanes.load(c, from + 2 * LANES);
    FloatVector s3 = Lanes.load(c, from + 3 * LANES);
    FloatVector s4 = Lanes.load(c, from + 4 * LANES);
    FloatVector s5 = Lanes.load(c, from + 5 * LANES);
    FloatVector s6 = Lanes.load(c, from + 6 * LANES);
    FloatVector s7 = Lanes.load(c, from + 7 * LANES);
    int next = factorsOffset;
    for (int i = 0; i < count; i++) {
      FloatVector factor = Lanes.broadcast(scales[next]);
      int at = chosen[rowsOffset + i] * length + column;
      s0 = factor.fma(Lanes.load(matrix, at), s0);
      s1 = factor.fma(Lanes.load(matrix, at + LANES), s1);
      s2 = factor.fma(Lanes.load(matrix, at + 2 * LANES), s2);
      s3 = factor.fma(Lanes.load(matrix, at + 3 * LANES), s3);
      s4 = factor.fma(Lanes.load(matrix, at + 4 * LANES), s4);
      s5 = factor.fma(Lanes.load(matrix, at + 5 * LANES), s5);
      s6 = factor.fma(Lanes.load(matrix, at + 6 * LANES), s6);
      s7 = factor.fma(Lanes.load(matrix, at + 7 * LANES), s7);
      next += factorsStride;
    }
    s0.intoArray(to, toOffset);
    s1.intoArray(to, toOffset + LANES);
    s2.intoArray(to, toOffset + 2 * LANES);
    s3.intoArray(to, toOffset + 3 * LANES);
    s4.intoArray(to, toOffset + 4 * LANES);
    s5.intoArray(to, toOffset + 5 * LANES);
    s6.intoArray(to, toOffset + 6 * LANES);
    s7.intoArray(to, toOffset + 7 * LANES);
  }

  /** Two vectors of columns. */
  void addTwo(int column, float[] c, int from, float[] to, int toOffset) {
    FloatVector s0 = Lanes.load(c, from);
    FloatVector s1 = Lanes.load(c, from + LANES);
    int next = factorsOffset;
    for (int i = 0; i < count; i++) {
      FloatVector factor = Lanes.broadcast(factors[next]);
      int at = rows[rowsOffset + i] * n + column;
      s0 = factor.fma(Lanes.load(b, at), s0);
      s1 = factor.fma(Lanes.load(b, at + LANES), s1);
      next += factorsStride;
    }
    s0.intoArray(to, toOffset);
    s1.intoArray(to, toOffset + LANES);
  }

  /** A vector of columns of which only the first {@code width} count, near the end of b, too. */
  void addOne(int column, float[] c, int to, int width) {
    float[] pad = Lanes.pad();
    Lanes.copy(width, c, to, pad, 0);
    FloatVector sum = Lanes.load(pad, 0);
    int next = factorsOffset;
    for (int i = 0; i < count; i++) {
      float[] source = b;
      int at = rows[rowsOffset + i] * n + column;
      if (at + LANES > b.length) {
        Lanes.copy(width, b, at, pad, LANES);
        source = pad;
        at = LANES;
      }
      sum = Lanes.broadcast(factors[next]).fma(Lanes.load(source, at), sum);
      next += factorsStride;
    }
    sum.intoArray(pad, 0);
    Lanes.copy(width, pad, 0, c, to);
  }
}
