package org.sparksbp.kernel;

/**
 * The elements of a matrix that are not 0, both row by row and column by column. Reused from batch
 * to batch; its arrays grow and never shrink.
 */
public final class SparseMatrix {

  private final int columns;
  private int rows;
  private int[] rowStart = new int[1];
  private int[] columnOf = new int[0];
  private float[] byRow = new float[0];
  private final int[] columnStart;
  private int[] rowOf = new int[0];
  private float[] byColumn = new float[0];
  private float[] scaled = new float[0];

  public SparseMatrix(int columns) {
    this.columns = columns;
    this.columnStart = new int[columns + 1];
  }

  /**
   * Takes over a dense matrix.
   *
   * @param rowCount its rows
   * @param dense {@code [rowCount, columns]}
   */
  public void load(int rowCount, float[] dense) {
    rows = rowCount;
    if (rowStart.length <= rows) {
      rowStart = new int[rows + 1];
    }
    if (columnOf.length < rows * columns) {
      columnOf = new int[rows * columns];
      byRow = new float[rows * columns];
      rowOf = new int[rows * columns];
      byColumn = new float[rows * columns];
    }
    scaled = scaled.length < rows ? new float[rows] : scaled;
    java.util.Arrays.fill(columnStart, 0);
    int count = 0;
    for (int row = 0; row < rows; row++) {
      rowStart[row] = count;
      for (int column = 0; column < columns; column++) {
        float value = dense[row * columns + column];
        if (value != 0f) {
          columnOf[count] = column;
          byRow[count++] = value;
          columnStart[column]++;
        }
      }
    }
    rowStart[rows] = count;
    sortByColumn();
  }

  private void sortByColumn() {
    int start = 0;
    for (int column = 0; column <= columns; column++) {
      int here = columnStart[column];
      columnStart[column] = start;
      start += here;
    }
    for (int row = 0; row < rows; row++) {
      for (int at = rowStart[row]; at < rowStart[row + 1]; at++) {
        int to = columnStart[columnOf[at]]++;
        rowOf[to] = row;
        byColumn[to] = byRow[at];
      }
    }
    // Each start has moved to its end, the next one's start.
    System.arraycopy(columnStart, 0, columnStart, 1, columns);
    columnStart[0] = 0;
  }

  /** Number of elements in a column that are not 0. */
  public int columnCount(int column) {
    return columnStart[column + 1] - columnStart[column];
  }

  /** {@code c += this b}: b {@code [columns, n]}, c {@code [rows, n]}. */
  public void multiplyAdd(Kernels kernels, int n, float[] b, float[] c) {
    for (int row = 0; row < rows; row++) {
      int start = rowStart[row];
      kernels.addScaledRows(rowStart[row + 1] - start, columnOf, byRow, start, n, b, c, row * n);
    }
  }

  /**
   * {@code c[cOffset..] += scale (this^T b)[column]}: one row of the transposed product, b {@code
   * [rows, n]}.
   */
  public void addColumnProduct(
      Kernels kernels, int column, float scale, int n, float[] b, float[] c, int cOffset) {
    int start = columnStart[column];
    int count = columnCount(column);
    // Into a small array of its own: the stored values must not change.
    for (int i = 0; i < count; i++) {
      scaled[i] = scale * byColumn[start + i];
    }
    kernels.addScaledRows(count, rowOf, start, scaled, 0, n, b, c, cOffset);
  }
}
