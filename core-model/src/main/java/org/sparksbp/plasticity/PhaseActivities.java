package org.sparksbp.plasticity;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.kernel.Transpose;

/**
 * Free and clamped activities of a batch on plain arrays, and the products that rules are made of.
 * Belongs to one network, which fills it anew for every batch; keeps its scratch arrays.
 */
public final class PhaseActivities {

  private final Kernels kernels;
  private final int[] sizes;
  private final SparseMatrix input;
  private final float[][] free;
  private final float[][] clamped;
  private final float[][] difference;
  private final float[][] scratch;
  private float[] product = new float[0];
  private int batch;
  private float scale;

  /** Receives a row of the input matrix's modification. */
  @FunctionalInterface
  interface InputRow {
    void row(int presynaptic, float[] change);
  }

  /**
   * @param kernels inner loops
   * @param sizes N_0 .. N_L
   * @param input a_0 = p_0, {@code [batch, N_0]}
   * @param free a_1 .. a_L, each at least {@code [batch, N_l]}; element 0 unused
   * @param clamped p_1 .. p_L likewise
   */
  public PhaseActivities(
      Kernels kernels, int[] sizes, SparseMatrix input, float[][] free, float[][] clamped) {
    this.kernels = kernels;
    this.sizes = sizes.clone();
    this.input = input;
    this.free = free;
    this.clamped = clamped;
    this.difference = new float[sizes.length][];
    this.scratch = new float[sizes.length][];
  }

  /**
   * Takes the activities as they are now.
   *
   * @param samples in the batch
   * @param changeScale c = 1 / (beta batch)
   */
  public void refresh(int samples, float changeScale) {
    batch = samples;
    scale = changeScale;
    for (int l = 1; l < sizes.length; l++) {
      int length = samples * sizes[l];
      if (difference[l] == null || difference[l].length < length) {
        difference[l] = new float[length];
      }
      for (int i = 0; i < length; i++) {
        difference[l][i] = clamped[l][i] - free[l][i];
      }
    }
  }

  int matrices() {
    return sizes.length - 1;
  }

  int size(int layer) {
    return sizes[layer];
  }

  Kernels kernels() {
    return kernels;
  }

  float scale() {
    return scale;
  }

  /** a_l, l from 1. */
  float[] free(int layer) {
    return free[layer];
  }

  /** p_l, l from 1. */
  float[] clamped(int layer) {
    return clamped[layer];
  }

  /**
   * p_l - a_l, {@code [batch, N_l]}, l from 1.
   *
   * @return the array itself, not a copy; may be longer than needed
   */
  public float[] difference(int layer) {
    return difference[layer];
  }

  /** A scratch array of the shape of matrix l, whatever is in it. */
  float[] scratch(int matrix) {
    if (scratch[matrix] == null) {
      scratch[matrix] = new float[sizes[matrix] * sizes[matrix + 1]];
    }
    return scratch[matrix];
  }

  float[] clearedScratch(int matrix) {
    float[] cleared = scratch(matrix);
    Arrays.fill(cleared, 0f);
    return cleared;
  }

  /** Whether an input neuron was active in any sample. */
  boolean active(int channel) {
    return input.columnCount(channel) > 0;
  }

  /** Writes row {@code channel} of c a_0^T (p_1 - a_1). */
  void inputRow(int channel, float[] target, int offset) {
    Arrays.fill(target, offset, offset + sizes[1], 0f);
    input.addColumnProduct(kernels, channel, scale, sizes[1], difference[1], target, offset);
  }

  /** Sends the rows of c a_0^T (p_1 - a_1) of all active inputs. */
  void inputRows(InputRow receiver) {
    float[] row = scratch(0);
    for (int channel = 0; channel < sizes[0]; channel++) {
      if (active(channel)) {
        inputRow(channel, row, 0);
        receiver.row(channel, row);
      }
    }
  }

  /** {@code change += factor left^T right} for a matrix l of at least 1. */
  void addProduct(int matrix, float factor, float[] left, float[] right, float[] change) {
    int rows = sizes[matrix];
    int columns = sizes[matrix + 1];
    if (columns >= rows) {
      kernels.transposedMultiplyAdd(batch, rows, columns, factor, left, right, change);
      return;
    }
    if (product.length < rows * columns) {
      product = new float[rows * columns];
    }
    Arrays.fill(product, 0, rows * columns, 0f);
    if (batch == 1) {
      // Too little work to be worth a transpose; scaled on the same side, for the same bits.
      float[] scaled = new float[columns];
      kernels.scaledAdd(columns, factor, right, 0, scaled, 0);
      kernels.transposedMultiplyAdd(1, rows, columns, 1f, left, scaled, product);
      kernels.scaledAdd(rows * columns, 1f, product, 0, change, 0);
      return;
    }
    // The inner loops run over the second factor's columns; take the longer side for it.
    kernels.transposedMultiplyAdd(batch, columns, rows, factor, right, left, product);
    Transpose.addInPlace(columns, rows, product, change);
  }

  /** Sends the whole change of a matrix. */
  void sendRows(int matrix, float[] change, WeightChangeConsumer changes) {
    changes.rows(matrix, 0, sizes[matrix], change, 0);
  }
}
