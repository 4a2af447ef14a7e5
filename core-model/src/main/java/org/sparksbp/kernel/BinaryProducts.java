package org.sparksbp.kernel;

import java.util.Arrays;

/**
 * Products with a matrix of zeros and ones, whose rows are given as patterns of bits: four bits at
 * a time choose one of 16 sums, so that twenty of them cost five additions ("Four Russians": V.
 * Arlazarov, E. Dinic, M. Kronrod, I. Faradzev, 1970). Rows of ones alone, such as pixels at full
 * intensity, take a single one. There are only additions, in an order that neither the lanes nor
 * the blocks of columns change, so plain loops and lanes give the same bits.
 */
class BinaryProducts {

  static final int BITS = 4;
  static final int SUMS = 1 << BITS;

  /** Columns that are worked on at once: the sums of twenty bits stay in the nearest cache. */
  private static final int WIDTH = 32;

  private static final ThreadLocal<BinaryProducts> OF_THREAD =
      ThreadLocal.withInitial(BinaryProducts::new);

  /** For each group of bits and each of its patterns, one row of columns. */
  float[] sums = new float[0];

  /** Which rows have a bit that is 0, and after those which have none. */
  int[] chosen = new int[0];

  /** Number of rows with a bit that is 0. */
  int partial;

  /** For each of these rows and each group, the first element of its pattern's sum. */
  int[] at = new int[0];

  /** The first element of a group's sum of all its bits. */
  int[] all = new int[0];

  int groups;

  /** Of the rows without a bit that is 0. */
  private final float[] whole = new float[WIDTH];

  static BinaryProducts ofThread() {
    return OF_THREAD.get();
  }

  final void choose(int count, int bits, long[] patterns, int width) {
    groups = (bits + BITS - 1) / BITS;
    if (at.length < count * groups) {
      at = new int[count * groups];
    }
    if (sums.length < groups * SUMS * width) {
      sums = new float[groups * SUMS * width];
    }
    if (chosen.length < count) {
      chosen = new int[count];
    }
    all = all.length == groups ? all : new int[groups];
    for (int group = 0; group < groups; group++) {
      int ofGroup = Math.min(BITS, bits - group * BITS);
      all[group] = (group * SUMS + (1 << ofGroup) - 1) * width;
    }
    long full = -1L >>> 64 - bits;
    partial = 0;
    int end = count;
    for (int i = 0; i < count; i++) {
      boolean isFull = patterns[i] == full;
      end -= isFull ? 1 : 0;
      chosen[isFull ? end : partial] = i;
      partial += isFull ? 0 : 1;
    }
    int next = 0;
    for (int row = 0; row < partial; row++) {
      int i = chosen[row];
      for (int group = 0; group < groups; group++) {
        int pattern = (int) (patterns[i] >>> group * BITS) & SUMS - 1;
        at[next++] = (group * SUMS + pattern) * width;
      }
    }
  }

  /** As {@link Kernels#multiplyBinaryAdd} has it, in plain loops. */
  void multiplyAdd(int count, int m, int n, long[] patterns, int[] rows, float[] b, float[] c) {
    choose(count, m, patterns, WIDTH);
    for (int column = 0; column < n; column += WIDTH) {
      int width = Math.min(WIDTH, n - column);
      Arrays.fill(sums, 0, groups * SUMS * WIDTH, 0f);
      int next = 0;
      for (int i = 0; i < partial; i++) {
        for (int group = 0; group < groups; group++) {
          add(width, b, rows[chosen[i]] * n + column, sums, at[next++]);
        }
      }
      Arrays.fill(whole, 0f);
      for (int i = partial; i < count; i++) {
        add(width, b, rows[chosen[i]] * n + column, whole, 0);
      }
      for (int group = 0; group < groups; group++) {
        add(width, whole, 0, sums, all[group]);
      }
      for (int group = 0; group < groups; group++) {
        // From the highest bit down: each halves the sums that are left.
        for (int bit = Math.min(BITS, m - group * BITS) - 1; bit >= 0; bit--) {
          int to = (group * BITS + bit) * n + column;
          fold(1 << bit, group * SUMS * WIDTH, width, c, to);
        }
      }
    }
  }

  /** Adds the sums of patterns from {@code half} on to a row, and each to the one without it. */
  private void fold(int half, int first, int width, float[] c, int to) {
    int upper = first + half * WIDTH;
    for (int pattern = 1; pattern < half; pattern++) {
      add(width, sums, upper + pattern * WIDTH, sums, first + pattern * WIDTH);
    }
    for (int pattern = 1; pattern < half; pattern++) {
      add(width, sums, upper + pattern * WIDTH, sums, upper);
    }
    add(width, sums, upper, c, to);
  }

  /** As {@link Kernels#multiplyBinaryAddToChosenRows} has it, in plain loops. */
  void addToChosenRows(int count, int k, int n, long[] patterns, float[] b, int[] rows, float[] c) {
    choose(count, k, patterns, WIDTH);
    for (int column = 0; column < n; column += WIDTH) {
      int width = Math.min(WIDTH, n - column);
      for (int group = 0; group < groups; group++) {
        int bits = Math.min(BITS, k - group * BITS);
        for (int pattern = 0; pattern < 1 << bits; pattern++) {
          int to = (group * SUMS + pattern) * WIDTH;
          Arrays.fill(sums, to, to + WIDTH, 0f);
          if (pattern > 0) {
            int without = (group * SUMS + (pattern & pattern - 1)) * WIDTH;
            int row = group * BITS + Integer.numberOfTrailingZeros(pattern);
            add(width, sums, without, sums, to);
            add(width, b, row * n + column, sums, to);
          }
        }
      }
      int next = 0;
      for (int i = 0; i < partial; i++) {
        for (int group = 0; group < groups; group++) {
          add(width, sums, at[next++], c, rows[chosen[i]] * n + column);
        }
      }
      Arrays.fill(whole, 0f);
      for (int group = 0; group < groups; group++) {
        add(width, sums, all[group], whole, 0);
      }
      for (int i = partial; i < count; i++) {
        add(width, whole, 0, c, rows[chosen[i]] * n + column);
      }
    }
  }

  private static void add(int length, float[] x, int from, float[] y, int to) {
    for (int j = 0; j < length; j++) {
      y[to + j] += x[from + j];
    }
  }
}
