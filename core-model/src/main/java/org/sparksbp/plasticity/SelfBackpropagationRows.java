package org.sparksbp.plasticity;

import org.sparksbp.kernel.Kernels;

/**
 * {@link SelfBackpropagation} of one batch on plain arrays, in two passes over a matrix: the first
 * makes M and its row and column sums, the second scales
 *
 * <pre>
 * D_l[i, j] = P[i, j] (rowPotentiation[i] + columnPotentiation[j])
 *           + D[i, j] (rowDepression[i] + columnDepression[j])
 * </pre>
 */
final class SelfBackpropagationRows {

  private final PropagationConstants propagation;
  private final PhaseActivities phases;
  private final Kernels kernels;
  // rowsum P_pre and rowsum D_pre of matrix l+1
  private float[] potentiatedOutputs = new float[0];
  private float[] depressedOutputs = new float[0];

  SelfBackpropagationRows(PropagationConstants propagation, PhaseActivities phases) {
    this.propagation = propagation;
    this.phases = phases;
    this.kernels = phases.kernels();
  }

  void send(WeightChangeConsumer changes) {
    for (int l = phases.matrices() - 1; l >= 0; l--) {
      send(l, changes);
    }
  }

  private void send(int matrix, WeightChangeConsumer changes) {
    int rows = phases.size(matrix);
    int columns = phases.size(matrix + 1);
    float[] modification = phases.scratch(matrix);
    float[] rowPotentiation = new float[rows];
    float[] rowDepression = new float[rows];
    float[] columnDepression = new float[columns];
    if (matrix > 0) {
      java.util.Arrays.fill(modification, 0f);
      phases.addProduct(
          matrix, phases.scale(), phases.free(matrix), phases.difference(matrix + 1), modification);
    }
    for (int row = 0; row < rows; row++) {
      if (silent(matrix, row)) {
        continue;
      }
      if (matrix == 0) {
        phases.inputRow(row, modification, row * columns);
      }
      kernels.addDepression(columns, modification, row * columns, columnDepression);
      rowPotentiation[row] = kernels.sumOfPositive(columns, modification, row * columns);
      rowDepression[row] = kernels.sumOfNegative(columns, modification, row * columns);
    }

    boolean output = matrix + 1 == phases.matrices();
    float potentiationShare = output ? 1f : 1f / 2;
    float depressionShare = output ? 1f / 2 : 1f / 3;
    float[] rowPotentiationFactor = spread(propagation.presynaptic(), rowPotentiation, 1);
    float[] rowDepressionFactor = spread(propagation.presynaptic(), rowDepression, -1);
    float[] columnPotentiationFactor = new float[columns];
    float[] columnDepressionFactor = spread(propagation.postsynaptic(), columnDepression, -1);
    if (!output) {
      double lambda = propagation.selfBackpropagated();
      columnPotentiationFactor = spread(lambda, potentiatedOutputs, 1);
      float[] back = spread(lambda, depressedOutputs, 1);
      for (int column = 0; column < columns; column++) {
        columnDepressionFactor[column] += back[column];
      }
    }
    scale(columnPotentiationFactor, potentiationShare);
    scale(columnDepressionFactor, depressionShare);
    for (int row = 0; row < rows; row++) {
      if (!silent(matrix, row)) {
        kernels.scaleBySignInPlace(
            columns,
            modification,
            row * columns,
            potentiationShare * rowPotentiationFactor[row],
            columnPotentiationFactor,
            depressionShare * rowDepressionFactor[row],
            columnDepressionFactor);
        changes.row(matrix, row, modification, row * columns);
      }
    }
    multiply(rowPotentiation, rowPotentiationFactor);
    multiply(rowDepression, rowDepressionFactor);
    potentiatedOutputs = rowPotentiation;
    depressedOutputs = rowDepression;
  }

  private boolean silent(int matrix, int row) {
    return matrix == 0 && !phases.active(row);
  }

  /** 1 + lambda f n(r sign z), as a new array. */
  private float[] spread(double lambda, float[] amounts, int sign) {
    double sum = 0;
    for (float amount : amounts) {
      sum += amount;
    }
    double range = sign * propagation.range();
    double factor = propagation.normalisation().factor(range * sum, amounts.length);
    float scale = (float) (lambda * propagation.fraction() * factor * range);
    float[] spread = new float[amounts.length];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = 1 + scale * amounts[i];
    }
    return spread;
  }

  private static void scale(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static void multiply(float[] values, float[] factors) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factors[i];
    }
  }
}
