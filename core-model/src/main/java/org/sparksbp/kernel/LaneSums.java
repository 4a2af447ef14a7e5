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
      sum = addUp(DOT_SUMS, pad, 0);
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
      up = addUp(SUMS, pad, 0);
      down = addUp(SUMS, pad, SUMS);
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

  /** The sum of {@code count} elements from {@code from}, a power of two, which it overwrites. */
  private static float addUp(int count, float[] pad, int from) {
    for (int half = count / 2; half > 0; half /= 2) {
      for (int lane = from; lane < from + half; lane++) {
        pad[lane] += pad[lane + half];
      }
    }
    return pad[from];
  }
}
