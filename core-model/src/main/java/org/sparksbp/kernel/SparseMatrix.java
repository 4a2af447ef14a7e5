package org.sparksbp.kernel;

import java.util.Arrays;

/**
 * The elements of a matrix that are not 0, row by row and, once asked for, column by column: the
 * inputs of a batch, most of which are 0. Reused from batch to batch; its arrays grow and never
 * shrink.
 */
public final class SparseMatrix {

  /** What is known of the columns since the matrix was last filled. */
  private enum ColumnOrder {
    NONE,
    COUNTED,
    SORTED
  }

  private final int columns;
  private int rows;
  private int count;
  private int[] rowStart = new int[1];
  private int[] columnOf = new int[0];
  private float[] byRow = new float[0];
  private ColumnOrder columnOrder = ColumnOrder.NONE;
  private int[] inColumn = new int[0]; // elements of each column
  private int[] columnEnd = new int[0]; // of columns with elements, once sorted
  private int[] active = new int[0];
  private int activeCount;
  private int[] rowOf = new int[0];
  private float[] byColumn = new float[0];
  private float[] scaled = new float[0];

  public SparseMatrix(int columns) {
    this.columns = columns;
  }

  /**
   * Takes over a dense matrix.
   *
   * @param rowCount its rows
   * @param dense {@code [rowCount, columns]}
   */
  public void load(int rowCount, float[] dense) {
    clear();
    for (int row = 0; row < rowCount; row++) {
      int start = row * columns;
      for (int column = 0; column < columns; column++) {
        float value = dense[start + column];
        if (value != 0f) {
          append(row, column, value);
        }
      }
    }
    finish(rowCount);
  }

  /**
   * Makes room for another matrix, to be filled by {@link #append} and ended by {@link #finish}.
   */
  public void clear() {
    rows = 0;
    count = 0;
    columnOrder = ColumnOrder.NONE;
  }

  /**
   * Adds an element.
   *
   * @param row of this element or a later one than that of the element before
   * @param column one that the row does not yet have
   */
  public void append(int row, int column, float value) {
    appendIf(1, row, column, value);
  }

  /**
   * Adds an element or leaves it out, without a branch: for elements drawn at random.
   *
   * @param drawn 1 to add it, 0 to leave it out
   */
  public void appendIf(int drawn, int row, int column, float value) {
    if (row > rows) {
      endRows(row);
    }
    if (count == columnOf.length) {
      makeRoom(Math.max(1024, 2 * count));
    }
    columnOf[count] = column;
    byRow[count] = value;
    count += drawn;
  }

  /**
   * Adds a row's elements that are not 0.
   *
   * @param row this row or a later one than that of the element before
   * @param values of all columns
   */
  public void appendNonZero(int row, float[] values) {
    if (row > rows) {
      endRows(row);
    }
    if (count + values.length > columnOf.length) {
      makeRoom(Math.max(count + values.length, 2 * count));
    }
    int[] to = columnOf;
    float[] elements = byRow;
    int next = count;
    for (int column = 0; column < values.length; column++) {
      // Without a branch, which inputs would mislead.
      float value = values[column];
      to[next] = column;
      elements[next] = value;
      next += value != 0f ? 1 : 0;
    }
    count = next;
  }

  private void makeRoom(int length) {
    columnOf = Arrays.copyOf(columnOf, length);
    byRow = Arrays.copyOf(byRow, length);
  }

  /** Ends the matrix, whose last rows may be empty. */
  public void finish(int rowCount) {
    endRows(rowCount);
  }

  private void endRows(int rowCount) {
    if (rowStart.length <= rowCount) {
      rowStart = Arrays.copyOf(rowStart, Math.max(rowCount + 1, 2 * rowStart.length));
    }
    while (rows < rowCount) {
      rowStart[++rows] = count;
    }
  }

  public int rows() {
    return rows;
  }

  /** Number of elements that are not 0. */
  public int count() {
    return count;
  }

  /** Index in {@link #columnsByRow()} of a row's first element; that of {@code rows()} ends all. */
  public int rowStart(int row) {
    return rowStart[row];
  }

  /** Columns of all elements, row by row, the first {@link #count()}; not a copy. */
  public int[] columnsByRow() {
    return columnOf;
  }

  /** Number of elements in a column that are not 0. */
  public int columnCount(int column) {
    countColumns();
    return inColumn[column];
  }

  /** Number of columns with an element. */
  public int activeCount() {
    countColumns();
    return activeCount;
  }

  /** The columns with an element, ascending, the first {@link #activeCount()}; not a copy. */
  public int[] activeColumns() {
    countColumns();
    return active;
  }

  private void countColumns() {
    if (columnOrder != ColumnOrder.NONE) {
      return;
    }
    if (inColumn.length == 0) {
      inColumn = new int[columns];
      columnEnd = new int[columns];
      active = new int[columns];
    }
    Arrays.fill(inColumn, 0);
    for (int i = 0; i < count; i++) {
      inColumn[columnOf[i]]++;
    }
    activeCount = 0;
    for (int column = 0; column < columns; column++) {
      if (inColumn[column] > 0) {
        active[activeCount++] = column;
      }
    }
    columnOrder = ColumnOrder.COUNTED;
  }

  private void sortByColumn() {
    if (columnOrder == ColumnOrder.SORTED) {
      return;
    }
    countColumns();
    if (rowOf.length < count) {
      rowOf = new int[columnOf.length];
      byColumn = new float[columnOf.length];
    }
    scaled = scaled.length < rows ? new float[rows] : scaled;
    int start = 0;
    for (int i = 0; i < activeCount; i++) {
      columnEnd[active[i]] = start;
      start += inColumn[active[i]];
    }
    for (int row = 0; row < rows; row++) {
      for (int at = rowStart[row]; at < rowStart[row + 1]; at++) {
        int to = columnEnd[columnOf[at]]++;
        rowOf[to] = row;
        byColumn[to] = byRow[at];
      }
    }
    columnOrder = ColumnOrder.SORTED;
  }

  /** {@code c += this b}: b {@code [columns, n]}, c {@code [rows, n]}. */
  public void multiplyAdd(Kernels kernels, int n, float[] b, float[] c) {
    kernels.multiplySparseAdd(rows, rowStart, columnOf, byRow, n, b, c);
  }

  /** {@code c[cOffset..] += (this b)[row]}: one row of the product, b {@code [columns, n]}. */
  public void addRowProduct(Kernels kernels, int row, int n, float[] b, float[] c, int cOffset) {
    int start = rowStart[row];
    kernels.addScaledRows(rowStart[row + 1] - start, columnOf, byRow, start, n, b, c, cOffset);
  }

  /** {@code c += scale this^T b}: b {@code [rows, n]}, c {@code [columns, n]}. */
  public void transposedMultiplyAdd(Kernels kernels, float scale, int n, float[] b, float[] c) {
    sortByColumn();
    for (int i = 0; i < activeCount; i++) {
      addColumnProduct(kernels, active[i], scale, n, b, c, active[i] * n);
    }
  }

  /**
   * {@code c[cOffset..] += scale (this^T b)[column]}: one row of the transposed product, b {@code
   * [rows, n]}.
   */
  public void addColumnProduct(
      Kernels kernels, int column, float scale, int n, float[] b, float[] c, int cOffset) {
    sortByColumn();
    int elements = inColumn[column];
    if (elements == 0) {
      return;
    }
    int start = columnEnd[column] - elements;
    if (scale == 1f) {
      kernels.addScaledRows(elements, rowOf, byColumn, start, n, b, c, cOffset);
      return;
    }
    // Into a small array of its own: the stored values must not change.
    for (int i = 0; i < elements; i++) {
      scaled[i] = scale * byColumn[start + i];
    }
    kernels.addScaledRows(elements, rowOf, start, scaled, 0, n, b, c, cOffset);
  }
}
