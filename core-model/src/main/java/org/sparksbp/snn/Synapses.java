package org.sparksbp.snn;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.Transpose;

/**
 * The weights W_l between two layers on plain arrays, with their transpose, so that both directions
 * of a product run along the longer side.
 */
final class Synapses {

  /** Shorter rows than this are not worth a pass of their own. */
  private static final int SHORT_ROW = 32;

  final int inputs;
  final int outputs;
  final float[] weights; // [inputs, outputs]
  private final float[] transposed; // [outputs, inputs]
  private final Kernels kernels;
  private boolean stale = true;

  Synapses(Kernels kernels, int inputs, int outputs, boolean keepTranspose) {
    this.kernels = kernels;
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = new float[inputs * outputs];
    this.transposed = new float[keepTranspose ? inputs * outputs : 0];
  }

  /** To be called after a change of {@link #weights}. */
  void changed() {
    stale = true;
  }

  /**
   * {@code drive += activity W}: activity {@code [rows, inputs]}, drive {@code [rows, outputs]}.
   */
  void addForward(int rows, float[] activity, float[] drive) {
    if (outputs >= SHORT_ROW) {
      kernels.multiplyAdd(rows, inputs, outputs, activity, weights, drive);
    } else {
      kernels.multiplyTransposedAdd(rows, inputs, outputs, activity, transposed(), drive);
    }
  }

  /**
   * {@code drive += activity W^T}: activity {@code [rows, outputs]}, drive {@code [rows, inputs]}.
   */
  void addBackward(int rows, float[] activity, float[] drive) {
    if (inputs >= SHORT_ROW) {
      kernels.multiplyAdd(rows, outputs, inputs, activity, transposed(), drive);
    } else {
      kernels.multiplyTransposedAdd(rows, outputs, inputs, activity, weights, drive);
    }
  }

  private float[] transposed() {
    if (stale) {
      Transpose.copy(inputs, outputs, weights, transposed);
      stale = false;
    }
    return transposed;
  }

  /** Fills {@code drive} with the same row again and again. */
  static void fillRows(int rows, float[] row, float[] drive) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(row, 0, drive, i * row.length, row.length);
    }
  }

  static float[] atLeast(float[] array, int length) {
    return array.length >= length ? array : Arrays.copyOf(array, length);
  }
}
