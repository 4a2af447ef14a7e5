package org.sparksbp.npy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands before the numbers of an array.
 *
 * @param fields of an element that are single numbers; one without a name if the array is of plain
 *     numbers
 * @param elementBytes bytes of an element, of padding and other fields, too
 * @param order in which elements lie
 * @param shape lengths of the dimensions; empty if the header has none that can be read
 * @param text of the header, for messages
 * @param bytes before the first element
 */
public record NpyHeader(
    List<Field> fields,
    int elementBytes,
    ElementOrder order,
    List<Long> shape,
    String text,
    long bytes) {

  /** Whether the last or the first index runs fastest. */
  public enum ElementOrder {
    ROW_BY_ROW,
    COLUMN_BY_COLUMN
  }

  /**
   * A number within each element.
   *
   * @param name empty in an array of plain numbers
   * @param offset of its first byte in the element
   */
  public record Field(String name, NumberType type, int offset) {}

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int VERSION_BYTES = 2;
  private static final int ALIGNMENT = 64;
  private static final int MAX_HEADER_BYTES = 1 << 16;
  private static final Pattern COLUMN_BY_COLUMN = Pattern.compile("'fortran_order':\\s*True");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

  public NpyHeader {
    fields = List.copyOf(fields);
    shape = List.copyOf(shape);
  }

  /**
   * Reads up to the first element.
   *
   * @throws InvalidNpyException if there is no whole header, or a type of number that has no place
   *     here
   */
  public static NpyHeader read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + VERSION_BYTES);
    if (start.length < MAGIC.length + VERSION_BYTES
        || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
      throw new InvalidNpyException("it does not start with \\x93NUMPY");
    }
    int lengthBytes = start[MAGIC.length] == 1 ? 2 : 4;
    byte[] lengthField = in.readNBytes(lengthBytes);
    int length = 0;
    for (int i = lengthField.length - 1; i >= 0; i--) {
      length = length << 8 | (lengthField[i] & 0xff);
    }
    if (lengthField.length < lengthBytes || length < 0 || length > MAX_HEADER_BYTES) {
      throw new InvalidNpyException(
          "impossible header length " + length + " at byte " + start.length);
    }
    byte[] text = in.readNBytes(length);
    if (text.length < length) {
      throw new InvalidNpyException("it ends within its header");
    }
    return parse(
        new String(text, StandardCharsets.ISO_8859_1), (long) start.length + lengthBytes + length);
  }

  private static NpyHeader parse(String text, long bytes) throws InvalidNpyException {
    ElementOrder order =
        COLUMN_BY_COLUMN.matcher(text).find()
            ? ElementOrder.COLUMN_BY_COLUMN
            : ElementOrder.ROW_BY_ROW;
    NpyFields.Element element = NpyFields.parse(text);
    return new NpyHeader(
        element.fields(), element.elementBytes(), order, shape(text), text.strip(), bytes);
  }

  private static List<Long> shape(String text) {
    Matcher shape = SHAPE.matcher(text);
    return shape.find() ? lengths(shape.group(1)) : List.of();
  }

  /** The numbers between a shape's brackets. */
  static List<Long> lengths(String shape) {
    return Arrays.stream(shape.split(",", -1))
        .map(String::strip)
        .filter(length -> !length.isEmpty())
        .map(NpyHeader::length)
        .toList();
  }

  /** One that no array can have is taken for the longest, which every file is too short for. */
  private static Long length(String digits) {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Whether elements are single numbers without names. */
  public boolean isPlain() {
    return fields.size() == 1 && fields.get(0).name().isEmpty();
  }

  /**
   * The header, version 1.0, of an array that lies row by row.
   *
   * @param type of its elements, for example {@code <f4}
   */
  static byte[] of(String type, List<Integer> shape) {
    StringBuilder text =
        new StringBuilder("{'descr': '")
            .append(type)
            .append("', 'fortran_order': False, 'shape': (")
            .append(shape.stream().map(String::valueOf).collect(Collectors.joining(", ")))
            .append(shape.size() == 1 ? ",), }" : "), }");
    while ((MAGIC.length + VERSION_BYTES + 2 + text.length() + 1) % ALIGNMENT != 0) {
      text.append(' ');
    }
    text.append('\n');
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(MAGIC);
    header.write(1);
    header.write(0);
    header.write(text.length() & 0xff);
    header.write(text.length() >>> 8);
    header.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
    return header.toByteArray();
  }
}
