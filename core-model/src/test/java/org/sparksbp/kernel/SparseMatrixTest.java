package org.sparksbp.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparseMatrixTest {

  private static final float[] DENSE = {
    0, 2, 0, 3, //
    0, 0, 0, 0, //
    5, 0, 0, 7
  };

  private final Kernels kernels = new PlainKernels();
  private final SparseMatrix matrix = new SparseMatrix(4);

  @Test
  void multipliesAsTheDenseMatrixDoes() {
    matrix.load(3, DENSE);
    float[] b = {1, 2, 3, 4, 5, 6, 7, 8};
    float[] sparse = new float[6];
    float[] dense = new float[6];
    matrix.multiplyAdd(kernels, 2, b, sparse);
    kernels.multiplyAdd(3, 4, 2, DENSE, b, dense);
    assertThat(sparse).isEqualTo(dense).containsExactly(27, 32, 0, 0, 54, 66);
  }

  @Test
  void multipliesTransposedAsTheDenseMatrixDoes() {
    matrix.load(3, DENSE);
    float[] b = {1, 2, 3, 4, 5, 6};
    float[] sparse = new float[8];
    float[] dense = new float[8];
    matrix.transposedMultiplyAdd(kernels, 0.5f, 2, b, sparse);
    kernels.transposedMultiplyAdd(3, 4, 2, 0.5f, DENSE, b, dense);
    assertThat(sparse).isEqualTo(dense).containsExactly(12.5f, 15, 1, 2, 0, 0, 19, 24);
  }

  @Test
  void elementsAppendedRowByRowAreThoseOfTheDenseMatrix() {
    matrix.load(2, new float[] {9, 9, 9, 9, 9, 9, 9, 9});
    assertThat(matrix.columnCount(2)).isEqualTo(2);
    matrix.clear();
    matrix.append(0, 1, 2);
    matrix.appendIf(0, 0, 2, 4);
    matrix.appendIf(1, 0, 3, 3);
    matrix.append(2, 0, 5);
    matrix.append(2, 3, 7);
    matrix.finish(4);
    assertThat(matrix.rows()).isEqualTo(4);
    assertThat(matrix.count()).isEqualTo(4);
    assertThat(List.of(0, 1, 2, 3)).extracting(matrix::columnCount).containsExactly(1, 1, 0, 2);
    assertThat(List.of(0, 1, 2, 3, 4)).extracting(matrix::rowStart).containsExactly(0, 2, 2, 4, 4);
    float[] row = {1, 1};
    matrix.addRowProduct(kernels, 2, 1, new float[] {1, 2, 3, 4}, row, 1);
    assertThat(row).containsExactly(1, 1 + 5 + 28);
    float[] column = new float[1];
    matrix.addColumnProduct(kernels, 3, 2, 1, new float[] {1, 10, 100, 1000}, column, 0);
    assertThat(column).containsExactly(2 * (3 + 700));
  }
}
