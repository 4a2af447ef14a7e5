package org.sparksbp.npy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Arrays of single precision, little-endian, row by row. */
public final class FloatArrayFile {

  private static final int CHUNK_FLOATS = 1 << 14;

  private FloatArrayFile() {}

  /**
   * Writes an array.
   *
   * @param shape lengths of its dimensions
   * @param values their product many values from {@code offset} on, row by row
   */
  public static void write(OutputStream out, List<Integer> shape, float[] values, int offset)
      throws IOException {
    out.write(NpyHeader.of("<f4", shape));
    writeValues(out, values, offset, size(shape));
  }

  /** Writes values alone, {@code count} of them from {@code offset} on. */
  public static void writeValues(OutputStream out, float[] values, int offset, int count)
      throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < count; from += CHUNK_FLOATS) {
      int length = Math.min(CHUNK_FLOATS, count - from);
      buffer.asFloatBuffer().put(values, offset + from, length);
      out.write(buffer.array(), 0, length * Float.BYTES);
    }
  }

  /**
   * Reads an array of a known shape to its place.
   *
   * @throws InvalidNpyException if it is no such array, ends early or goes on behind it
   */
  public static void read(InputStream in, List<Integer> shape, float[] values, int offset)
      throws IOException {
    float[] read = readGrowing(in, shape, values, offset, values.length);
    if (read != values) {
      throw new IllegalArgumentException("Invalid place: no room for an array of " + shape);
    }
  }

  /**
   * Reads an array of a known shape to its place in a vector that grows with what is really there:
   * a shape is only what somebody has written, and no memory is taken for it.
   *
   * @param values the vector so far
   * @param most elements that it will have in the end
   * @return the vector, or a longer copy of it, with the array in it
   * @throws InvalidNpyException if it is no such array, ends early or goes on behind it
   */
  public static float[] readGrowing(
      InputStream in, List<Integer> shape, float[] values, int offset, int most)
      throws IOException {
    checkHeader(NpyHeader.read(in), shape);
    DataInputStream data = new DataInputStream(in);
    float[] grown = values;
    try {
      int size = size(shape);
      byte[] bytes = new byte[CHUNK_FLOATS * Float.BYTES];
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int from = 0; from < size; from += CHUNK_FLOATS) {
        int count = Math.min(CHUNK_FLOATS, size - from);
        data.readFully(bytes, 0, count * Float.BYTES);
        if (offset + from + count > grown.length) {
          long doubled = Math.max(2L * grown.length, (long) offset + from + count);
          grown = Arrays.copyOf(grown, (int) Math.min(doubled, most));
        }
        buffer.asFloatBuffer().get(grown, offset + from, count);
      }
    } catch (EOFException e) {
      throw new InvalidNpyException("it ends early", e);
    }
    if (data.read() != -1) {
      throw new InvalidNpyException("it goes on behind its last value");
    }
    return grown;
  }

  private static void checkHeader(NpyHeader header, List<Integer> shape)
      throws InvalidNpyException {
    if (!header.isPlain()
        || !header.fields().get(0).type().equals(NumberType.FLOAT)
        || header.order() != NpyHeader.ElementOrder.ROW_BY_ROW) {
      throw new InvalidNpyException(
          "little-endian single precision, row by row, is needed, it says " + header.text());
    }
    if (!header.shape().equals(shape.stream().map(Integer::longValue).toList())) {
      throw new InvalidNpyException("its shape is " + header.shape() + ", " + shape + " is needed");
    }
  }

  private static int size(List<Integer> shape) {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }
}
