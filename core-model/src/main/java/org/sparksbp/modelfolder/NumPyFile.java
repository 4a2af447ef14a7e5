package org.sparksbp.modelfolder;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Single-precision arrays in NumPy's {@code .npy} format, version 1.0, little-endian, row by row.
 *
 * <p>Format: numpy.lib.format in the NumPy reference manual.
 */
public final class NumPyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final int CHUNK_FLOATS = 1 << 14;
  private static final Pattern SHAPE = Pattern.compile("'shape': \\(([0-9, ]*)\\)");

  private NumPyFile() {}

  /**
   * Writes an array.
   *
   * @param shape lengths of its dimensions
   * @param values their product many values from {@code offset} on, row by row
   */
  public static void write(OutputStream out, List<Integer> shape, float[] values, int offset)
      throws IOException {
    int size = size(shape);
    out.write(header(shape));
    ByteBuffer buffer =
        ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < size; from += CHUNK_FLOATS) {
      int count = Math.min(CHUNK_FLOATS, size - from);
      buffer.asFloatBuffer().put(values, offset + from, count);
      out.write(buffer.array(), 0, count * Float.BYTES);
    }
  }

  /**
   * Reads an array of a known shape to its place.
   *
   * @param file named in messages
   * @throws InvalidModelException if the file is no such array, ends early or goes on behind it
   */
  public static void read(
      InputStream in, String file, List<Integer> shape, float[] values, int offset)
      throws IOException {
    DataInputStream data = new DataInputStream(in);
    try {
      checkHeader(data, file, shape);
      int size = size(shape);
      byte[] bytes = new byte[CHUNK_FLOATS * Float.BYTES];
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int from = 0; from < size; from += CHUNK_FLOATS) {
        int count = Math.min(CHUNK_FLOATS, size - from);
        data.readFully(bytes, 0, count * Float.BYTES);
        buffer.asFloatBuffer().get(values, offset + from, count);
      }
    } catch (EOFException e) {
      throw new InvalidModelException("Invalid array file " + file + ": it ends early", e);
    }
    if (data.read() != -1) {
      throw new InvalidModelException(
          "Invalid array file " + file + ": it goes on behind its last value");
    }
  }

  private static byte[] header(List<Integer> shape) throws IOException {
    StringBuilder text =
        new StringBuilder("{'descr': '<f4', 'fortran_order': False, 'shape': (")
            .append(shape.stream().map(String::valueOf).collect(Collectors.joining(", ")))
            .append(shape.size() == 1 ? ",), }" : "), }");
    while ((MAGIC.length + 2 + text.length() + 1) % ALIGNMENT != 0) {
      text.append(' ');
    }
    text.append('\n');
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.write(MAGIC);
    header.write(text.length() & 0xff);
    header.write(text.length() >>> 8);
    header.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    return header.toByteArray();
  }

  private static void checkHeader(DataInputStream in, String file, List<Integer> shape)
      throws IOException {
    byte[] magic = new byte[MAGIC.length];
    in.readFully(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new InvalidModelException(
          "Invalid array file " + file + ": it does not begin as a NumPy file of version 1.0 does");
    }
    int length = in.readUnsignedByte() | in.readUnsignedByte() << 8;
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    String header = new String(bytes, StandardCharsets.US_ASCII).strip();
    Matcher found = SHAPE.matcher(header);
    if (!header.contains("'descr': '<f4'")
        || !header.contains("'fortran_order': False")
        || !found.find()) {
      throw new InvalidModelException(
          "Invalid array file "
              + file
              + ": little-endian single precision, row by row, is needed, it says "
              + header);
    }
    List<Integer> actual =
        Arrays.stream(found.group(1).split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(Integer::valueOf)
            .toList();
    if (!actual.equals(shape)) {
      throw new InvalidModelException(
          "Invalid array file " + file + ": its shape is " + actual + ", " + shape + " is needed");
    }
  }

  private static int size(List<Integer> shape) {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }
}
