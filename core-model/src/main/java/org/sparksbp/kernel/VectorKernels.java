package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The loops with the Vector API of {@code jdk.incubator.vector}. Sums are formed in an order fixed
 * by the shapes alone, so results are the same bits on machines with vectors of any width, and
 * differ from {@link PlainKernels} by rounding. Factors that are 0 may or may not be skipped, which
 * shows only beside infinite or NaN elements.
 *
 * <p>Loops over elements form the last vector first, before the others change what it overlaps, and
 * write it last, so that an end that fills no vector costs no loop of its own.
 */
final class VectorKernels implements Kernels {

  private static final int LANES = Lanes.COUNT;

  /** Below this share of non-zero elements a left factor is worth taking apart. */
  private static final float SPARSE = 0.4f;

  /** Up to here, transposing a right factor costs more than summing over lanes... */
  private static final int FEW_COLUMNS = 32;

  /** ...of rows at least so long. Both forms differ by rounding, so no width may choose. */
  private static final int LONG_ROWS = 4 * LaneSums.SUMS;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  @Override
  public String name() {
    return "vector";
  }

  /** Number of floats in a vector. */
  static int lanes() {
    return LANES;
  }

  @Override
  public void multiplyAdd(int m, int k, int n, float[] a, float[] b, float[] c) {
    if (n >= 2 * LANES && isSparse(m * k, a)) {
      addSparse(m, k, n, a, k, 1, 1f, b, c);
    } else {
      ProductTiles.add(m, k, n, a, k, 1, b, c);
    }
  }

  @Override
  public void multiplyTransposedAdd(int m, int k, int n, float[] a, float[] b, float[] c) {
    if (n <= FEW_COLUMNS && k >= LONG_ROWS) {
      InnerProducts.add(m, k, n, a, b, c);
      return;
    }
    float[] transposed = SCRATCH.get().transposed(n, k, b);
    ProductTiles.add(m, k, n, a, k, 1, transposed, c);
  }

  @Override
  public void transposedMultiplyAdd(
      int m, int k, int n, float scale, float[] a, float[] b, float[] c) {
    if (m == 1) {
      for (int row = 0; row < k; row++) {
        if (a[row] != 0f) {
          scaledAdd(n, scale * a[row], b, 0, c, row * n);
        }
      }
    } else if (n >= 2 * LANES && isSparse(m * k, a)) {
      addSparse(k, m, n, a, 1, k, scale, b, c);
    } else {
      float[] scaled = SCRATCH.get().scaled(m * k, scale, a);
      ProductTiles.add(k, m, n, scaled, 1, k, b, c);
    }
  }

  private static boolean isSparse(int length, float[] a) {
    int nonZero = 0;
    for (int i = 0; i < length; i++) {
      nonZero += a[i] != 0f ? 1 : 0;
    }
    return nonZero < SPARSE * length;
  }

  private static void addSparse(
      int rows,
      int inner,
      int n,
      float[] a,
      int rowStride,
      int innerStride,
      float scale,
      float[] b,
      float[] c) {
    Scratch scratch = SCRATCH.get();
    scratch.gather(rows, inner, a, rowStride, innerStride, scale);
    new ScaledRows(scratch.indices, scratch.factors, 1, n, b).addAll(rows, scratch.starts, c);
  }

  @Override
  public void multiplySparseAdd(
      int m, int[] rowStart, int[] columns, float[] factors, int n, float[] b, float[] c) {
    new ScaledRows(columns, factors, 1, n, b).addAll(m, rowStart, c);
  }

  @Override
  public void addScaledRows(
      int count,
      int[] rows,
      int rowsOffset,
      float[] factors,
      int factorsOffset,
      int n,
      float[] b,
      float[] c,
      int cOffset) {
    new ScaledRows(rows, factors, 1, n, b).add(count, rowsOffset, factorsOffset, c, cOffset);
  }

  @Override
  public void scaledAdd(int length, float scale, float[] x, int xOffset, float[] y, int yOffset) {
    int last = length - LANES;
    if (last < 0) {
      for (int i = 0; i < length; i++) {
        y[yOffset + i] = Math.fma(scale, x[xOffset + i], y[yOffset + i]);
      }
      return;
    }
    FloatVector factor = Lanes.broadcast(scale);
    FloatVector end = factor.fma(Lanes.load(x, xOffset + last), Lanes.load(y, yOffset + last));
    for (int i = 0; i < last; i += LANES) {
      factor.fma(Lanes.load(x, xOffset + i), Lanes.load(y, yOffset + i)).intoArray(y, yOffset + i);
    }
    end.intoArray(y, yOffset + last);
  }

  @Override
  public float dot(int length, float[] x, int xOffset, float[] y, int yOffset) {
    return LaneSums.dot(length, x, xOffset, y, yOffset);
  }

  @Override
  public void sigmaInPlace(float[] x, int offset, int length) {
    SigmaLanes.sigmaInPlace(x, offset, length);
  }

  @Override
  public void sigmoidInPlace(float[] x, int offset, int length) {
    SigmaLanes.sigmoidInPlace(x, offset, length);
  }

  @Override
  public void addMagnitudes(int length, float[] x, int xOffset, float[] y) {
    int last = length - LANES;
    if (last < 0) {
      Kernels.super.addMagnitudes(length, x, xOffset, y);
      return;
    }
    FloatVector end = Lanes.load(y, last).add(Lanes.load(x, xOffset + last).abs());
    for (int j = 0; j < last; j += LANES) {
      Lanes.load(y, j).add(Lanes.load(x, xOffset + j).abs()).intoArray(y, j);
    }
    end.intoArray(y, last);
  }

  @Override
  public void addProducts(int length, float[] x, float[] y, float[] z, int offset) {
    int last = length - LANES;
    if (last < 0) {
      Kernels.super.addProducts(length, x, y, z, offset);
      return;
    }
    FloatVector product = Lanes.load(x, offset + last).mul(Lanes.load(y, last));
    FloatVector end = Lanes.load(z, offset + last).add(product);
    for (int j = 0; j < last; j += LANES) {
      product = Lanes.load(x, offset + j).mul(Lanes.load(y, j));
      Lanes.load(z, offset + j).add(product).intoArray(z, offset + j);
    }
    end.intoArray(z, offset + last);
  }

  @Override
  public void sumBySign(
      int rows,
      int length,
      float[] x,
      int offset,
      float[] columnDepression,
      float[] positive,
      float[] negative,
      int at) {
    LaneSums.bySign(rows, length, x, offset, columnDepression, positive, negative, at);
  }

  @Override
  public void scaleBySignInPlace(
      int rows,
      int length,
      float[] x,
      int offset,
      float[] positive,
      float[] positives,
      float[] negative,
      float[] negatives,
      int at) {
    int last = length - LANES;
    if (last < 0) {
      Kernels.super.scaleBySignInPlace(
          rows, length, x, offset, positive, positives, negative, negatives, at);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int from = offset + row * length;
      float up = positive[at + row];
      float down = negative[at + row];
      FloatVector end = scaledBySign(x, from + last, up, positives, down, negatives, last);
      for (int j = 0; j < last; j += LANES) {
        scaledBySign(x, from + j, up, positives, down, negatives, j).intoArray(x, from + j);
      }
      end.intoArray(x, from + last);
    }
  }

  private static FloatVector scaledBySign(
      float[] x,
      int from,
      float positive,
      float[] positives,
      float negative,
      float[] negatives,
      int column) {
    FloatVector value = Lanes.load(x, from);
    FloatVector size = value.abs();
    FloatVector up = value.add(size).mul(Lanes.load(positives, column).add(positive));
    FloatVector down = value.sub(size).mul(Lanes.load(negatives, column).add(negative));
    return up.add(down).mul(0.5f);
  }

  @Override
  public void relaxInPlace(float rate, float[] drive, float[] x, int offset, int length) {
    int last = length - LANES;
    if (last < 0) {
      for (int i = offset; i < offset + length; i++) {
        x[i] = Math.fma(x[i] - drive[i], -rate, x[i]);
      }
      SigmaLanes.sigmaInPlace(x, offset, length);
      return;
    }
    // Sigma is long: the compiler inlines it once, so the end goes through the same loop.
    float[] pad = Lanes.pad();
    Lanes.load(x, offset + last).intoArray(pad, 0);
    FloatVector negativeRate = Lanes.broadcast(-rate);
    for (int i = 0; i < length; i += LANES) {
      int at = offset + Math.min(i, last);
      float[] source = i <= last ? x : pad;
      FloatVector value = Lanes.load(source, i <= last ? at : 0);
      FloatVector moved = value.sub(Lanes.load(drive, at)).fma(negativeRate, value);
      SigmaLanes.sigma(moved).intoArray(x, at);
    }
  }

  @Override
  public void multiplyChosenRowsAdd(
      int count, int m, int n, float[] a, int[] rows, float[] b, float[] c) {
    Scratch scratch = SCRATCH.get();
    int[] bAt = scratch.starts(count, n, rows);
    int[] cAt = scratch.allStarts(m, n);
    new ChosenRowTiles(count, a, 1, m, b, bAt, c, cAt).add(m, n);
  }

  @Override
  public void multiplyAddToChosenRows(
      int count, int k, int n, float[] a, int[] rows, float[] b, float[] c) {
    Scratch scratch = SCRATCH.get();
    int[] cAt = scratch.starts(count, n, rows);
    int[] bAt = scratch.allStarts(k, n);
    new ChosenRowTiles(k, a, k, 1, b, bAt, c, cAt).add(count, n);
  }

  @Override
  public void multiplyBinaryAdd(
      int count, int m, int n, long[] patterns, int[] rows, float[] b, float[] c) {
    BinaryTiles.ofThread().multiplyAdd(count, m, n, patterns, rows, b, c);
  }

  @Override
  public void multiplyBinaryAddToChosenRows(
      int count, int k, int n, long[] patterns, float[] b, int[] rows, float[] c) {
    BinaryTiles.ofThread().addToChosenRows(count, k, n, patterns, b, rows, c);
  }

  @Override
  public void keepAndClipInPlace(int length, float keep, float[] drive, float[] x) {
    int last = length - LANES;
    if (last < 0) {
      for (int i = 0; i < length; i++) {
        x[i] = Math.min(1f, Math.max(0f, Math.fma(keep, x[i], drive[i])));
      }
      return;
    }
    FloatVector factor = Lanes.broadcast(keep);
    FloatVector end = clipped(factor.fma(Lanes.load(x, last), Lanes.load(drive, last)));
    for (int i = 0; i < last; i += LANES) {
      clipped(factor.fma(Lanes.load(x, i), Lanes.load(drive, i))).intoArray(x, i);
    }
    end.intoArray(x, last);
  }

  /** A comparison with NaN is false, so NaN stays. */
  private static FloatVector clipped(FloatVector x) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    FloatVector one = Lanes.broadcast(1f);
    return x.blend(zero, x.compare(VectorOperators.LT, zero))
        .blend(one, x.compare(VectorOperators.GT, one));
  }

  @Override
  public void adamInPlace(
      float keepFirst,
      float keepSecond,
      float step,
      float epsilon,
      float[] gradient,
      float[] first,
      float[] second,
      float[] x) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    int i = 0;
    for (; i + LANES <= x.length; i += LANES) {
      FloatVector slope = Lanes.load(gradient, i);
      FloatVector newFirst = Lanes.load(first, i).mul(keepFirst).add(slope.mul(1f - keepFirst));
      FloatVector old = Lanes.load(second, i);
      FloatVector newSecond =
          old.blend(zero, old.compare(VectorOperators.LT, zero))
              .mul(keepSecond)
              .add(slope.mul(1f - keepSecond).mul(slope));
      newFirst.intoArray(first, i);
      newSecond.intoArray(second, i);
      FloatVector change = newFirst.mul(step).div(newSecond.sqrt().add(epsilon));
      Lanes.load(x, i).sub(change).intoArray(x, i);
    }
    for (; i < x.length; i++) {
      float slope = gradient[i];
      first[i] = keepFirst * first[i] + (1f - keepFirst) * slope;
      second[i] = keepSecond * Math.max(0f, second[i]) + (1f - keepSecond) * slope * slope;
      x[i] -= step * first[i] / ((float) Math.sqrt(second[i]) + epsilon);
    }
  }

  /** Arrays that grow and stay with their thread. */
  private static final class Scratch {
    private int[] indices = new int[0];
    private float[] factors = new float[0];
    private float[] matrix = new float[0];
    private int[] starts = new int[0];
    private int[] allStarts = new int[0];

    /** First elements of chosen rows of length n. */
    int[] starts(int count, int n, int[] rows) {
      if (starts.length < count) {
        starts = new int[count];
      }
      for (int i = 0; i < count; i++) {
        starts[i] = rows[i] * n;
      }
      return starts;
    }

    /** First elements of the first rows of length n. */
    int[] allStarts(int count, int n) {
      if (allStarts.length < count) {
        allStarts = new int[count];
      }
      for (int i = 0; i < count; i++) {
        allStarts[i] = i * n;
      }
      return allStarts;
    }

    /** Collects the elements that are not 0, their places in each row, and where rows begin. */
    void gather(int rows, int length, float[] a, int rowStride, int stride, float scale) {
      if (indices.length < rows * length) {
        indices = new int[rows * length];
        factors = new float[rows * length];
      }
      if (starts.length <= rows) {
        starts = new int[rows + 1];
      }
      int count = 0;
      for (int row = 0; row < rows; row++) {
        starts[row] = count;
        int offset = row * rowStride;
        for (int i = 0; i < length; i++) {
          float value = a[offset + i * stride];
          // Without a branch, which spikes would mislead half of the time.
          indices[count] = i;
          factors[count] = scale * value;
          count += value != 0f ? 1 : 0;
        }
      }
      starts[rows] = count;
    }

    /** {@code x [rows, columns]} as {@code [columns, rows]}. */
    float[] transposed(int rows, int columns, float[] x) {
      float[] result = matrix(rows * columns);
      Transpose.copy(rows, columns, x, result);
      return result;
    }

    float[] scaled(int length, float scale, float[] x) {
      float[] result = matrix(length);
      for (int i = 0; i < length; i++) {
        result[i] = scale * x[i];
      }
      return result;
    }

    private float[] matrix(int length) {
      if (matrix.length < length) {
        matrix = new float[length];
      }
      return matrix;
    }
  }
}
