package org.sparksbp.kernel;

/** Transposes of row-major {@code float[]} matrices. */
public final class Transpose {

  private Transpose() {}

  /** {@code to = from^T}: from {@code [rows, columns]}, to {@code [columns, rows]}. */
  public static void copy(int rows, int columns, float[] from, float[] to) {
    copy(rows, columns, 1f, from, 0, to, 0);
  }

  /**
   * {@code to = scale from^T}: from {@code [rows, columns]}, to {@code [columns, rows]}.
   *
   * @param fromOffset first element of {@code from}
   * @param toOffset first element of {@code to}
   */
  public static void copy(
      int rows, int columns, float scale, float[] from, int fromOffset, float[] to, int toOffset) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to[toOffset + column * rows + row] = scale * from[fromOffset + row * columns + column];
      }
    }
  }

  /** {@code to += from^T}: from {@code [rows, columns]}, to {@code [columns, rows]}. */
  public static void addInPlace(int rows, int columns, float[] from, float[] to) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to[column * rows + row] += from[row * columns + column];
      }
    }
  }
}
