package org.sparksbp.mnist;

/** How the pixels of an image follow each other in a file. */
enum PixelOrder {
  /** Row by row, as MNIST has them. */
  BY_ROWS,
  /** Column by column, so that a reader of rows sees the image transposed: EMNIST. */
  BY_COLUMNS;

  /** Where in the file's image the pixel is that is at this place row by row, both from 0. */
  int place(int byRows, int side) {
    return this == BY_ROWS ? byRows : (byRows % side) * side + byRows / side;
  }
}
