package org.sparksbp.plasticity;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;

/**
 * {@link SelfBackpropagation} of one batch on plain arrays, in two passes over a matrix: the first
 * makes M and its row and column sums, the second scales
 *
 * <pre>
 * D_l[i, j] = P[i, j] (rowPotentiation[i] + columnPotentiation[j])
 *           + D[i, j] (rowDepression[i] + columnDepression[j])
 * </pre>
 *
 * <p>A third brings D_l to the norm of M where that is asked for.
 */
final class SelfBackpropagationRows {

  private final PropagationConstants propagation;
  private final PhaseActivities phases;
  private final Kernels kernels;
  // rowsum P_pre and rowsum D_pre of matrix l+1
  private float[] potentiatedOutputs = new float[0];
  private float[] depressedOutputs = new float[0];

  /** What P and D of a matrix are multiplied by: a number of the row plus one of the column. */
  private record Factors(
      float[] rowPotentiation,
      float[] columnPotentiation,
      float[] rowDepression,
      float[] columnDepression) {}

  @FunctionalInterface
  private interface RowsConsumer {
    void accept(int first, int count);
  }

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
      Arrays.fill(modification, 0f);
      phases.addProduct(
          matrix, phases.scale(), phases.free(matrix), phases.difference(matrix + 1), modification);
    }
    forActiveRows(
        matrix,
        (first, count) -> {
          if (matrix == 0) {
            phases.inputRow(first, modification, first * columns);
          }
          kernels.sumBySign(
              count,
              columns,
              modification,
              first * columns,
              columnDepression,
              rowPotentiation,
              rowDepression,
              first);
        });
    Factors factors =
        propagation.direction() == SpreadDirection.UP
            ? published(matrix, rowPotentiation, rowDepression, columnDepression)
            : inverse(matrix, rows, columns);
    boolean matched = propagation.matchNorm() && !isOutput(matrix);
    double norm = matched ? norm(matrix, modification) : 0;
    forActiveRows(
        matrix,
        (first, count) -> {
          kernels.scaleBySignInPlace(
              count,
              columns,
              modification,
              first * columns,
              factors.rowPotentiation,
              factors.columnPotentiation,
              factors.rowDepression,
              factors.columnDepression,
              first);
          if (!matched) {
            changes.rows(matrix, first, count, modification, first * columns);
          }
        });
    if (matched) {
      sendAtNorm(norm, matrix, modification, changes);
    }
    potentiatedOutputs = rowPotentiation;
    depressedOutputs = rowDepression;
  }

  /**
   * Factors of the published direction; turns row sums of P and D into those of P_pre and D_pre.
   */
  private Factors published(
      int matrix, float[] rowPotentiation, float[] rowDepression, float[] columnDepression) {
    boolean output = isOutput(matrix);
    float potentiationShare = output ? 1f : 1f / 2;
    float depressionShare = output ? 1f / 2 : 1f / 3;
    float[] ofRowPotentiation = spread(propagation.presynaptic(), rowPotentiation, 1);
    float[] ofRowDepression = spread(propagation.presynaptic(), rowDepression, -1);
    float[] ofColumnPotentiation = new float[columnDepression.length];
    float[] ofColumnDepression = spread(propagation.postsynaptic(), columnDepression, -1);
    if (!output) {
      double lambda = propagation.selfBackpropagated();
      ofColumnPotentiation = spread(lambda, potentiatedOutputs, 1);
      float[] back = spread(lambda, depressedOutputs, 1);
      for (int column = 0; column < back.length; column++) {
        ofColumnDepression[column] += back[column];
      }
    }
    multiply(rowPotentiation, ofRowPotentiation);
    multiply(rowDepression, ofRowDepression);
    scale(ofRowPotentiation, potentiationShare);
    scale(ofRowDepression, depressionShare);
    scale(ofColumnPotentiation, potentiationShare);
    scale(ofColumnDepression, depressionShare);
    return new Factors(
        ofRowPotentiation, ofColumnPotentiation, ofRowDepression, ofColumnDepression);
  }

  /** 1/(z + c) of each column, 1 for the output matrix. */
  private Factors inverse(int matrix, int rows, int columns) {
    float[] ofRow = new float[rows];
    float[] ofColumn = new float[columns];
    Arrays.fill(ofColumn, 1f);
    if (!isOutput(matrix)) {
      double sum = 0;
      for (int column = 0; column < columns; column++) {
        ofColumn[column] = potentiatedOutputs[column] - depressedOutputs[column];
        sum += ofColumn[column];
      }
      double perShare = Normalisation.MEAN.factor(sum, columns);
      for (int column = 0; column < columns; column++) {
        ofColumn[column] =
            (float) (1 / (perShare * ofColumn[column] + propagation.inverseOffset()));
      }
    }
    return new Factors(ofRow, ofColumn, ofRow, ofColumn);
  }

  private boolean isOutput(int matrix) {
    return matrix + 1 == phases.matrices();
  }

  /** Sends all rows, scaled so that together they have a norm. */
  private void sendAtNorm(double norm, int matrix, float[] change, WeightChangeConsumer changes) {
    int columns = phases.size(matrix + 1);
    double own = norm(matrix, change);
    float ratio = own > 0 ? (float) (norm / own) : 1;
    forActiveRows(
        matrix,
        (first, count) -> {
          for (int at = first * columns; at < (first + count) * columns; at++) {
            change[at] *= ratio;
          }
          changes.rows(matrix, first, count, change, first * columns);
        });
  }

  /** Frobenius norm of the rows that are not silent. */
  private double norm(int matrix, float[] modification) {
    int columns = phases.size(matrix + 1);
    double sum = 0;
    for (int row = 0; row < phases.size(matrix); row++) {
      if (matrix > 0 || phases.active(row)) {
        int at = row * columns;
        sum += kernels.dot(columns, modification, at, modification, at);
      }
    }
    return Math.sqrt(sum);
  }

  /**
   * Takes rows that follow each other: one by one of the input matrix, of which many are silent.
   */
  private void forActiveRows(int matrix, RowsConsumer rows) {
    if (matrix > 0) {
      rows.accept(0, phases.size(matrix));
      return;
    }
    for (int row = 0; row < phases.size(0); row++) {
      if (phases.active(row)) {
        rows.accept(row, 1);
      }
    }
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
