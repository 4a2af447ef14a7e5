package org.sparksbp.energy;

import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.SparseMatrix;

/**
 * Changes the parameters by
 *
 * <pre>
 * W_l   -= alpha_l   d/dW_l (mean E at the clamped end - mean E at the free end) / beta
 * b_l   -= alpha'_l  d/db_l (the same)
 * </pre>
 *
 * <p>with the step sizes of {@link ParameterScales}. The energy is linear in the parameters, so its
 * derivatives are the coefficients times the states' products.
 */
final class ContrastiveUpdate {

  private final Energy energy;
  private final ParameterScales scales;
  private final Kernels kernels;

  ContrastiveUpdate(Energy energy, ParameterScales scales, Kernels kernels) {
    this.energy = energy;
    this.scales = scales;
    this.kernels = kernels;
  }

  /**
   * Applies the change of one batch.
   *
   * @param free states at the end of the free phase, layer l = 1..L at index l, {@code [batch,
   *     N_l]}
   * @param clamped states at the end of the clamped phase; they become the differences to the free
   *     ones
   * @param beta with its sign
   */
  void applyInPlace(
      EnergyParameters parameters,
      SparseMatrix input,
      float[][] free,
      float[][] clamped,
      int batch,
      float beta) {
    for (int l = Math.max(1, scales.firstLearned()); l < parameters.layers(); l++) {
      float scale = scale(scales.weights()[l], beta, batch) * energy.coupling()[l];
      int lower = parameters.size(l);
      int upper = parameters.size(l + 1);
      float[] weights = parameters.transposedWeights(l);
      kernels.transposedMultiplyAdd(
          batch, upper, lower, scale, clamped[l + 1], clamped[l], weights);
      kernels.transposedMultiplyAdd(batch, upper, lower, -scale, free[l + 1], free[l], weights);
    }
    for (int l = scales.firstLearned() + 1; l <= parameters.layers(); l++) {
      kernels.scaledAdd(clamped[l].length, -1f, free[l], 0, clamped[l], 0);
      float scale = scale(scales.biases()[l], beta, batch) * energy.drive()[l];
      int size = parameters.size(l);
      for (int row = 0; row < batch; row++) {
        kernels.scaledAdd(size, scale, clamped[l], row * size, parameters.biases(l), 0);
      }
    }
    if (scales.firstLearned() > 0) {
      return;
    }
    float scale = scale(scales.weights()[0], beta, batch) * energy.coupling()[0];
    input.transposedMultiplyAdd(
        kernels, scale, parameters.size(1), clamped[1], parameters.inputWeights());
  }

  /** What a batch's sum is added with, before the energy's coefficient. */
  static float scale(double alpha, float beta, int batch) {
    return (float) (alpha / beta / batch);
  }
}
