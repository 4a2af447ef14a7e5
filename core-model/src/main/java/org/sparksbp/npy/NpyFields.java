package org.sparksbp.npy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparksbp.npy.NpyHeader.Field;

/**
 * Reads what an element of an array consists of (NumPy's dtype, as the header has it). Whatever it
 * does not know is refused: a part that was passed over would shift all that follow it.
 */
final class NpyFields {

  private static final String TYPE = "'([<>|=]?[a-zA-Z?]\\d*)'";
  private static final Pattern PLAIN = Pattern.compile("'descr':\\s*" + TYPE);
  private static final Pattern STRUCTURED = Pattern.compile("'descr':\\s*\\[\\s*");

  /** A field, or with an empty name the bytes that align the next one; perhaps several numbers. */
  private static final Pattern FIELD =
      Pattern.compile(
          "\\(\\s*'(\\w*)',\\s*" + TYPE + "\\s*(?:,\\s*\\(([0-9, ]*)\\)\\s*)?\\)\\s*,?\\s*");

  private static final Pattern PADDING = Pattern.compile("\\|?V(\\d{1,5})");
  private static final int MOST_BYTES = 1 << 20;

  /**
   * Fields that hold a single number, where they lie, and bytes of all.
   *
   * @param elementBytes those of padding and of fields that hold several numbers included
   */
  record Element(List<Field> fields, int elementBytes) {}

  private NpyFields() {}

  static Element parse(String header) throws InvalidNpyException {
    Matcher plain = PLAIN.matcher(header);
    if (plain.find()) {
      NumberType type = NumberType.of(plain.group(1));
      return new Element(List.of(new Field("", type, 0)), type.bytes());
    }
    Matcher list = STRUCTURED.matcher(header);
    return list.find() ? structured(header, list.end()) : new Element(List.of(), 0);
  }

  private static Element structured(String header, int start) throws InvalidNpyException {
    List<Field> fields = new ArrayList<>();
    Matcher part = FIELD.matcher(header).region(start, header.length());
    int at = start;
    int offset = 0;
    while (part.lookingAt()) {
      Matcher padding = PADDING.matcher(part.group(2));
      long bytes;
      if (padding.matches()) {
        bytes = Integer.parseInt(padding.group(1));
      } else {
        NumberType type = NumberType.of(part.group(2));
        if (part.group(3) == null) {
          fields.add(new Field(part.group(1), type, offset));
        }
        bytes = type.bytes() * count(part.group(3));
      }
      if (bytes > MOST_BYTES - offset) {
        throw new InvalidNpyException("an element of it takes more than " + MOST_BYTES + " bytes");
      }
      offset += (int) bytes;
      at = part.end();
      part.region(at, header.length());
    }
    if (!header.startsWith("]", at)) {
      throw new InvalidNpyException(
          "its type is not understood from \""
              + header.substring(at, Math.min(header.length(), at + 40)).strip()
              + "\" on; save x, y, p and t as columns of numbers");
    }
    return new Element(fields, offset);
  }

  /** How many numbers a field of that shape holds; without a shape it is one. */
  private static long count(String shape) {
    long count = 1;
    if (shape != null) {
      for (long length : NpyHeader.lengths(shape)) {
        count = count > MOST_BYTES || length > MOST_BYTES ? MOST_BYTES + 1L : count * length;
      }
    }
    return count;
  }
}
