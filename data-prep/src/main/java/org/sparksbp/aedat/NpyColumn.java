package org.sparksbp.aedat;

import java.nio.ByteBuffer;
import org.sparksbp.npy.NumberType;

/**
 * A column of an array whose columns lie one behind the other: NumPy saves an array so that was
 * made of columns and transposed.
 */
final class NpyColumn implements NumberColumn {

  private final ByteBuffer content;
  private final NumberType type;
  private final long length;
  private long next;

  /**
   * Takes a column of a file that is in memory.
   *
   * @param content what follows the header, perhaps not all of it
   * @param index of the column
   * @param length of every column, as the header says
   */
  NpyColumn(byte[] content, NumberType type, int index, long length) {
    this.content = ByteBuffer.wrap(content);
    this.type = type;
    this.length = length;
    // A header may say any length, and a product of it goes beyond what a long counts.
    this.next = length > content.length ? content.length : index * length * type.bytes();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public int read(double[] numbers, int count) {
    int done = 0;
    while (done < count && next + type.bytes() <= content.limit()) {
      numbers[done++] = type.get(content, (int) next);
      next += type.bytes();
    }
    return done;
  }

  @Override
  public void finish() {}
}
