package org.sparksbp.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link BinaryProducts} on lanes, with the same bits. */
final class BinaryTiles extends BinaryProducts {

  private static final int LANES = Lanes.COUNT;
  private static final int WIDTH = 2 * LANES;

  private static final ThreadLocal<BinaryTiles> OF_THREAD =
      ThreadLocal.withInitial(BinaryTiles::new);

  static BinaryTiles ofThread() {
    return OF_THREAD.get();
  }

  @Override
  void multiplyAdd(int count, int m, int n, long[] patterns, int[] rows, float[] b, float[] c) {
    if (n < WIDTH) {
      super.multiplyAdd(count, m, n, patterns, rows, b, c);
      return;
    }
    choose(count, m, patterns, WIDTH);
    for (int column = 0; column < n; column += WIDTH) {
      // The last block overlaps the one before it, whose columns it leaves alone.
      int from = Math.min(column, n - WIDTH);
      Arrays.fill(sums, 0, groups * SUMS * WIDTH, 0f);
      collect(count, n, rows, b, from);
      for (int group = 0; group < groups; group++) {
        int bits = Math.min(BITS, m - group * BITS);
        for (int bit = bits - 1; bit >= 0; bit--) {
          foldOnLanes(
              1 << bit, group * SUMS * WIDTH, c, (group * BITS + bit) * n + from, column - from);
        }
      }
    }
  }

  private void collect(int count, int n, int[] rows, float[] b, int column) {
    float[] collected = sums;
    int[] to = at;
    int next = 0;
    for (int row = 0; row < partial; row++) {
      int i = chosen[row];
      FloatVector b0 = Lanes.load(b, rows[i] * n + column);
      FloatVector b1 = Lanes.load(b, rows[i] * n + column + LANES);
      for (int group = 0; group < groups; group++) {
        int sum = to[next++];
        Lanes.load(collected, sum).add(b0).intoArray(collected, sum);
        Lanes.load(collected, sum + LANES).add(b1).intoArray(collected, sum + LANES);
      }
    }
    FloatVector s0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector s1 = s0;
    for (int row = partial; row < count; row++) {
      int from = rows[chosen[row]] * n + column;
      s0 = s0.add(Lanes.load(b, from));
      s1 = s1.add(Lanes.load(b, from + LANES));
    }
    for (int sum : all) {
      Lanes.load(collected, sum).add(s0).intoArray(collected, sum);
      Lanes.load(collected, sum + LANES).add(s1).intoArray(collected, sum + LANES);
    }
  }

  private void foldOnLanes(int half, int first, float[] c, int to, int done) {
    float[] from = sums;
    int upper = first + half * WIDTH;
    FloatVector s0 = Lanes.load(from, upper);
    FloatVector s1 = Lanes.load(from, upper + LANES);
    for (int pattern = 1; pattern < half; pattern++) {
      FloatVector u0 = Lanes.load(from, upper + pattern * WIDTH);
      FloatVector u1 = Lanes.load(from, upper + pattern * WIDTH + LANES);
      s0 = s0.add(u0);
      s1 = s1.add(u1);
      int lower = first + pattern * WIDTH;
      Lanes.load(from, lower).add(u0).intoArray(from, lower);
      Lanes.load(from, lower + LANES).add(u1).intoArray(from, lower + LANES);
    }
    Lanes.load(c, to).add(behind(done, s0)).intoArray(c, to);
    Lanes.load(c, to + LANES).add(behind(done - LANES, s1)).intoArray(c, to + LANES);
  }

  /** The vector with its first lanes 0. */
  private static FloatVector behind(int done, FloatVector vector) {
    if (done <= 0) {
      return vector;
    }
    VectorMask<Float> cleared = Lanes.SPECIES.indexInRange(0, Math.min(done, LANES));
    return vector.blend(0f, cleared);
  }

  @Override
  void addToChosenRows(int count, int k, int n, long[] patterns, float[] b, int[] rows, float[] c) {
    if (n < WIDTH) {
      super.addToChosenRows(count, k, n, patterns, b, rows, c);
      return;
    }
    choose(count, k, patterns, WIDTH);
    for (int column = 0; column < n; column += WIDTH) {
      int from = Math.min(column, n - WIDTH);
      for (int group = 0; group < groups; group++) {
        sumPatterns(group, Math.min(BITS, k - group * BITS), n, b, from, column - from);
      }
      spread(count, n, rows, c, from);
    }
  }

  private void sumPatterns(int group, int bits, int n, float[] b, int column, int done) {
    float[] to = sums;
    int first = group * SUMS * WIDTH;
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    zero.intoArray(to, first);
    zero.intoArray(to, first + LANES);
    for (int bit = bits - 1; bit >= 0; bit--) {
      int row = (group * BITS + bit) * n + column;
      FloatVector b0 = behind(done, Lanes.load(b, row));
      FloatVector b1 = behind(done - LANES, Lanes.load(b, row + LANES));
      // All patterns of higher bits alone: with this one too they are new.
      int step = 2 << bit;
      for (int higher = 0; higher < 1 << bits; higher += step) {
        int without = first + higher * WIDTH;
        int with = first + (higher | 1 << bit) * WIDTH;
        Lanes.load(to, without).add(b0).intoArray(to, with);
        Lanes.load(to, without + LANES).add(b1).intoArray(to, with + LANES);
      }
    }
  }

  private void spread(int count, int n, int[] rows, float[] c, int column) {
    float[] from = sums;
    int[] sumAt = at;
    int next = 0;
    for (int row = 0; row < partial; row++) {
      int to = rows[chosen[row]] * n + column;
      FloatVector s0 = Lanes.load(c, to);
      FloatVector s1 = Lanes.load(c, to + LANES);
      for (int group = 0; group < groups; group++) {
        int sum = sumAt[next++];
        s0 = s0.add(Lanes.load(from, sum));
        s1 = s1.add(Lanes.load(from, sum + LANES));
      }
      s0.intoArray(c, to);
      s1.intoArray(c, to + LANES);
    }
    FloatVector w0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector w1 = w0;
    for (int sum : all) {
      w0 = w0.add(Lanes.load(from, sum));
      w1 = w1.add(Lanes.load(from, sum + LANES));
    }
    for (int row = partial; row < count; row++) {
      int to = rows[chosen[row]] * n + column;
      Lanes.load(c, to).add(w0).intoArray(c, to);
      Lanes.load(c, to + LANES).add(w1).intoArray(c, to + LANES);
    }
  }
}
