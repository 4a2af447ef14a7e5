package org.sparksbp.kernel;

/**
 * Dense loops over row-major {@code float[]} matrices. Names that end in {@code InPlace} or {@code
 * Add} change an argument. {@code offset} arguments are first elements, in floats; matrices are
 * contiguous.
 */
public interface Kernels {

  /** {@code plain} or {@code vector}. */
  String name();

  /** {@code c += a b}: a {@code [m, k]}, b {@code [k, n]}, c {@code [m, n]}. */
  void multiplyAdd(int m, int k, int n, float[] a, float[] b, float[] c);

  /** {@code c += a b^T}: a {@code [m, k]}, b {@code [n, k]}, c {@code [m, n]}. */
  void multiplyTransposedAdd(int m, int k, int n, float[] a, float[] b, float[] c);

  /**
   * {@code c += scale a^T b}: a {@code [m, k]}, b {@code [m, n]}, c {@code [k, n]}; rows of zeros
   * in a are skipped.
   */
  void transposedMultiplyAdd(int m, int k, int n, float scale, float[] a, float[] b, float[] c);

  /** {@code y[yOffset..] += scale x[xOffset..]} for {@code length} elements. */
  void scaledAdd(int length, float scale, float[] x, int xOffset, float[] y, int yOffset);

  /** Inner product of {@code length} elements. */
  float dot(int length, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * {@code x = 2 / (1 + exp(-x)) - 1 = tanh(x / 2)} for {@code length} elements from {@code
   * offset}.
   */
  void sigmaInPlace(float[] x, int offset, int length);

  /** {@code x = 1 / (1 + exp(-x))} for {@code length} elements from {@code offset}. */
  void sigmoidInPlace(float[] x, int offset, int length);

  /**
   * {@code y[yOffset..] += } sum of chosen rows of a matrix: the product of a row of spikes, given
   * as the indices of those that are 1, with a dense matrix. Rows are taken four at a time, so that
   * {@code y} is read and written a quarter as often.
   *
   * @param length columns of the matrix
   * @param matrix {@code [*, length]}
   * @param rows indices of rows
   * @param from first used element of {@code rows}
   * @param to one past the last used element of {@code rows}
   */
  default void addRows(
      int length, float[] matrix, int[] rows, int from, int to, float[] y, int yOffset) {
    int next = from;
    for (; next + 4 <= to; next += 4) {
      int row0 = rows[next] * length;
      int row1 = rows[next + 1] * length;
      int row2 = rows[next + 2] * length;
      int row3 = rows[next + 3] * length;
      for (int i = 0; i < length; i++) {
        y[yOffset + i] +=
            (matrix[row0 + i] + matrix[row1 + i]) + (matrix[row2 + i] + matrix[row3 + i]);
      }
    }
    for (; next < to; next++) {
      scaledAdd(length, 1f, matrix, rows[next] * length, y, yOffset);
    }
  }
}
