package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Sums of scaled rows of a matrix, added to rows of results; every element is summed in the order
 * of the rows. A sum is of {@code count} rows: which they are stands in {@code rows} from some
 * place on, what they are scaled by in {@code factors} from another.
 *
 * @param factorsStride from a factor to the next
 * @param n length of a row of b and of the results
 */
record ScaledRows(int[] rows, float[] factors, int factorsStride, int n, float[] b) {

  private static final int LANES = Lanes.COUNT;
  private static final int TWO = 2 * LANES;
  private static final int EIGHT = 8 * LANES;

  /** Where the last of eight vectors begins, if it does not overlap the one before it. */
  private static final int LAST = 7 * LANES;

  /** One sum, to a row of results from {@code to} on. */
  void add(int count, int row, int factor, float[] c, int to) {
    int column = 0;
    for (; column + EIGHT <= n; column += EIGHT) {
      addEight(count, row, factor, column, c, to + column, c, to + column);
    }
    addRest(column, count, row, factor, c, to);
  }

  /**
   * A sum for each row of results: as many columns of all rows at a time as there are sums in
   * registers, so that these columns of b stay in a near cache.
   *
   * @param start where the rows and factors of each sum begin, and behind them where the last ends
   */
  void addAll(int sums, int[] start, float[] c) {
    int column = 0;
    for (; column + EIGHT <= n; column += EIGHT) {
      for (int sum = 0; sum < sums; sum++) {
        int at = start[sum];
        int to = sum * n + column;
        addEight(start[sum + 1] - at, at, at, column, c, to, c, to);
      }
    }
    for (int sum = 0; sum < sums && column < n; sum++) {
      int at = start[sum];
      addRest(column, start[sum + 1] - at, at, at, c, sum * n);
    }
  }

  /**
   * The columns that fill no eight vectors: in fewer ones, of which the last may overlap those
   * beside it, or by way of a pad in ones that overlap what is done.
   */
  private void addRest(int from, int count, int row, int factor, float[] c, int to) {
    int column = from;
    float[] pad = Lanes.pad();
    if (n - column > LAST) {
      addEightOverlapping(count, row, factor, column, n - column - LANES, c, to + column);
      return;
    }
    if (column < n && n >= EIGHT) {
      int first = n - EIGHT;
      addEight(count, row, factor, first, c, to + first, pad, 0);
      Lanes.copy(n - column, pad, column - first, c, to + column);
      return;
    }
    for (; column + TWO <= n; column += TWO) {
      addTwo(count, row, factor, column, LANES, c, to + column, c, to + column);
    }
    if (n - column > LANES) {
      addTwo(count, row, factor, column, n - column - LANES, c, to + column, c, to + column);
      return;
    }
    if (column < n && n >= TWO) {
      int first = n - TWO;
      addTwo(count, row, factor, first, LANES, c, to + first, pad, 0);
      Lanes.copy(n - column, pad, column - first, c, to + column);
      return;
    }
    for (; column < n; column += LANES) {
      addOne(count, row, factor, column, c, to + column, Math.min(LANES, n - column));
    }
  }

  /**
   * Eight vectors of columns, from c to {@code to}, which is c itself or a pad. Where they begin is
   * known to the compiler, which saves it a register and a check an element.
   */
  private void addEight(
      int count, int row, int factor, int column, float[] c, int from, float[] to, int toOffset) {
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
    FloatVector s7 = Lanes.load(c, from + LAST);
    int next = factor;
    for (int i = 0; i < count; i++) {
      FloatVector scale = Lanes.broadcast(scales[next]);
      int at = chosen[row + i] * length + column;
      s0 = scale.fma(Lanes.load(matrix, at), s0);
      s1 = scale.fma(Lanes.load(matrix, at + LANES), s1);
      s2 = scale.fma(Lanes.load(matrix, at + 2 * LANES), s2);
      s3 = scale.fma(Lanes.load(matrix, at + 3 * LANES), s3);
      s4 = scale.fma(Lanes.load(matrix, at + 4 * LANES), s4);
      s5 = scale.fma(Lanes.load(matrix, at + 5 * LANES), s5);
      s6 = scale.fma(Lanes.load(matrix, at + 6 * LANES), s6);
      s7 = scale.fma(Lanes.load(matrix, at + LAST), s7);
      next += factorsStride;
    }
    s0.intoArray(to, toOffset);
    s1.intoArray(to, toOffset + LANES);
    s2.intoArray(to, toOffset + 2 * LANES);
    s3.intoArray(to, toOffset + 3 * LANES);
    s4.intoArray(to, toOffset + 4 * LANES);
    s5.intoArray(to, toOffset + 5 * LANES);
    s6.intoArray(to, toOffset + 6 * LANES);
    s7.intoArray(to, toOffset + LAST);
  }

  /** The same with an eighth vector that begins {@code last} behind the first. */
  private void addEightOverlapping(
      int count, int row, int factor, int column, int last, float[] c, int from) {
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
    FloatVector s7 = Lanes.load(c, from + last);
    int next = factor;
    for (int i = 0; i < count; i++) {
      FloatVector scale = Lanes.broadcast(scales[next]);
      int at = chosen[row + i] * length + column;
      s0 = scale.fma(Lanes.load(matrix, at), s0);
      s1 = scale.fma(Lanes.load(matrix, at + LANES), s1);
      s2 = scale.fma(Lanes.load(matrix, at + 2 * LANES), s2);
      s3 = scale.fma(Lanes.load(matrix, at + 3 * LANES), s3);
      s4 = scale.fma(Lanes.load(matrix, at + 4 * LANES), s4);
      s5 = scale.fma(Lanes.load(matrix, at + 5 * LANES), s5);
      s6 = scale.fma(Lanes.load(matrix, at + 6 * LANES), s6);
      s7 = scale.fma(Lanes.load(matrix, at + last), s7);
      next += factorsStride;
    }
    s0.intoArray(c, from);
    s1.intoArray(c, from + LANES);
    s2.intoArray(c, from + 2 * LANES);
    s3.intoArray(c, from + 3 * LANES);
    s4.intoArray(c, from + 4 * LANES);
    s5.intoArray(c, from + 5 * LANES);
    s6.intoArray(c, from + 6 * LANES);
    s7.intoArray(c, from + last);
  }

  /** Two vectors of columns, as {@link #addEight} has eight. */
  private void addTwo(
      int count,
      int row,
      int factor,
      int column,
      int last,
      float[] c,
      int from,
      float[] to,
      int toOffset) {
    FloatVector s0 = Lanes.load(c, from);
    FloatVector s1 = Lanes.load(c, from + last);
    int next = factor;
    for (int i = 0; i < count; i++) {
      FloatVector scale = Lanes.broadcast(factors[next]);
      int at = rows[row + i] * n + column;
      s0 = scale.fma(Lanes.load(b, at), s0);
      s1 = scale.fma(Lanes.load(b, at + last), s1);
      next += factorsStride;
    }
    s0.intoArray(to, toOffset);
    s1.intoArray(to, toOffset + last);
  }

  /** A vector of columns of which only the first {@code width} count, near the end of b, too. */
  private void addOne(int count, int row, int factor, int column, float[] c, int to, int width) {
    float[] pad = Lanes.pad();
    Lanes.copy(width, c, to, pad, 0);
    FloatVector sum = Lanes.load(pad, 0);
    int next = factor;
    for (int i = 0; i < count; i++) {
      float[] source = b;
      int at = rows[row + i] * n + column;
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
