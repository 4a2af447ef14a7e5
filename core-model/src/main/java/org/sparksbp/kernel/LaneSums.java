package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Sums along rows whose bits do not depend on how many lanes the machine's vectors have: element i
 * is added to partial sum {@code i mod SUMS}, the rest behind the last whole round follows one by
 * one, and the partial sums are added by halves. Machines with narrower vectors go over a row
 * several times, with the same number of additions.
 */
final class LaneSums {

  /** Partial sums of {@link #bySign}, and of {@link InnerProducts}. */
  static final int SUMS = 16;

  /** Partial sums of {@link #dot}, which has no other work to fill the time an addition takes. */
  private static final int DOT_SUMS = 32;

  private static final int LANES = Lanes.COUNT;

  private LaneSums() {}

  static float dot(int length, float[] x, int xOffset, float[] y, int yOffset) {
    int whole = length - length % DOT_SUMS;
    float sum = 0f;
    if (whole > 0) {
      float[] pad = Lanes.pad();
      for (int part = 0; part < DOT_SUMS; part += 2 * LANES) {
        twoPartsOfDot(whole, x, xOffset + part, y, yOffset + part, pad, part);
      }
      for (int lane = 0; lane < SUMS; lane++) {
        pad[lane] += pad[SUMS + lane];
      }
      sum = addUpSums(pad, 0);
    }
    for (int i = whole; i < length; i++) {
      sum = Math.fma(x[xOffset + i], y[yOffset + i], sum);
    }
    return sum;
  }

  private static void twoPartsOfDot(
      int whole, float[] x, int xOffset, float[] y, int yOffset, float[] pad, int part) {
    FloatVector sum0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector sum1 = sum0;
    for (int i = 0; i < whole; i += DOT_SUMS) {
      sum0 = Lanes.load(x, xOffset + i).fma(Lanes.load(y, yOffset + i), sum0);
      sum1 = Lanes.load(x, xOffset + i + LANES).fma(Lanes.load(y, yOffset + i + LANES), sum1);
    }
    sum0.intoArray(pad, part);
    sum1.intoArray(pad, part + LANES);
  }

  /** As {@link Kernels#sumBySign} has it. */
  static void bySign(
      int rows,
      int length,
      float[] x,
      int offset,
      float[] columnDepression,
      float[] positive,
      float[] negative,
      int at) {
    if (length >= SUMS && length < 2 * SUMS) {
      ofOneRound(rows, length, x, offset, columnDepression, positive, negative, at);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int from = offset + row * length;
      bySign(length, x, from, columnDepression, positive, negative, at + row);
    }
  }

  private static void bySign(
      int length,
      float[] x,
      int offset,
      float[] columnDepression,
      float[] positive,
      float[] negative,
      int at) {
    int whole = length - length % SUMS;
    float up = 0f;
    float down = 0f;
    if (whole > 0) {
      float[] pad = Lanes.pad();
      for (int part = 0; part < SUMS; part += LANES) {
        partBySign(whole, x, offset, part, columnDepression, pad);
      }
      up = addUpSums(pad, 0);
      down = addUpSums(pad, SUMS);
    }
    for (int i = whole; i < length; i++) {
      float value = x[offset + i];
      float size = Math.abs(value);
      up += value + size;
      down += value - size;
      columnDepression[i] += 0.5f * (value - size);
    }
    positive[at] = 0.5f * up;
    negative[at] = 0.5f * down;
  }

  /** Leaves the sums of what is positive in the pad from {@code part}, of the rest behind them. */
  private static void partBySign(
      int whole, float[] x, int offset, int part, float[] columnDepression, float[] pad) {
    FloatVector ups = FloatVector.zero(Lanes.SPECIES);
    FloatVector downs = ups;
    for (int i = part; i < whole; i += SUMS) {
      FloatVector value = Lanes.load(x, offset + i);
      FloatVector size = value.abs();
      FloatVector down = value.sub(size);
      ups = ups.add(value.add(size));
      downs = downs.add(down);
      down.mul(0.5f).add(Lanes.load(columnDepression, i)).intoArray(columnDepression, i);
    }
    ups.intoArray(pad, part);
    downs.intoArray(pad, SUMS + part);
  }

  /**
   * The same sums of rows of one whole round and less than another, which are many and short. The
   * columns behind the round are added up as the last {@link #SUMS} ones, in the pad.
   */
  private static void ofOneRound(
      int rows,
      int length,
      float[] x,
      int offset,
      float[] columnDepression,
      float[] positive,
      float[] negative,
      int at) {
    float[] pad = Lanes.pad();
    int rest = length - SUMS;
    int ends = 2 * SUMS;
    Lanes.copy(SUMS, columnDepression, rest, pad, ends);
    for (int row = 0; row < rows; row++) {
      int from = offset + row * length;
      for (int part = 0; part < SUMS; part += LANES) {
        FloatVector value = Lanes.load(x, from + part);
        FloatVector size = value.abs();
        FloatVector down = value.sub(size);
        value.add(size).intoArray(pad, part);
        down.intoArray(pad, SUMS + part);
        addHalf(down, columnDepression, part);
        FloatVector end = Lanes.load(x, from + rest + part);
        addHalf(end.sub(end.abs()), pad, ends + part);
      }
      float up = addUpSums(pad, 0);
      float down = addUpSums(pad, SUMS);
      for (int i = from + SUMS; i < from + length; i++) {
        float value = x[i];
        float size = Math.abs(value);
        up += value + size;
        down += value - size;
      }
      positive[at + row] = 0.5f * up;
      negative[at + row] = 0.5f * down;
    }
    Lanes.copy(rest, pad, ends + SUMS - rest, columnDepression, SUMS);
  }

  private static void addHalf(FloatVector x, float[] sums, int at) {
    x.mul(0.5f).add(Lanes.load(sums, at)).intoArray(sums, at);
  }

  /** The sum of {@link #SUMS} elements from {@code from}, by halves. */
  private static float addUpSums(float[] pad, int from) {
    float s0 = (pad[from] + pad[from + 8]) + (pad[from + 4] + pad[from + 12]);
    float s1 = (pad[from + 1] + pad[from + 9]) + (pad[from + 5] + pad[from + 13]);
    float s2 = (pad[from + 2] + pad[from + 10]) + (pad[from + 6] + pad[from + 14]);
    float s3 = (pad[from + 3] + pad[from + 11]) + (pad[from + 7] + pad[from + 15]);
    return (s0 + s2) + (s1 + s3);
  }
}
