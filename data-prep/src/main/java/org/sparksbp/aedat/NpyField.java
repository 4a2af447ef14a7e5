package org.sparksbp.aedat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparksbp.storage.InvalidInputException;

/** A number within each row of a NumPy array. */
record NpyField(Kind kind, ByteOrder order, int offset, int bytes) {

  enum Kind {
    SIGNED,
    UNSIGNED,
    FLOATING
  }

  /** From a type string such as {@code <f8}, {@code |b1} or {@code >i2}. */
  static NpyField of(String type, int offset, String file) throws InvalidInputException {
    boolean hasOrder = "<>|=".indexOf(type.charAt(0)) >= 0;
    String plain = hasOrder ? type.substring(1) : type;
    ByteOrder order = type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return switch (plain) {
      case "?", "b1", "u1" -> new NpyField(Kind.UNSIGNED, order, offset, 1);
      case "u2" -> new NpyField(Kind.UNSIGNED, order, offset, 2);
      case "u4" -> new NpyField(Kind.UNSIGNED, order, offset, 4);
      case "u8" -> new NpyField(Kind.UNSIGNED, order, offset, 8);
      case "i1" -> new NpyField(Kind.SIGNED, order, offset, 1);
      case "i2" -> new NpyField(Kind.SIGNED, order, offset, 2);
      case "i4" -> new NpyField(Kind.SIGNED, order, offset, 4);
      case "i8" -> new NpyField(Kind.SIGNED, order, offset, 8);
      case "f4" -> new NpyField(Kind.FLOATING, order, offset, 4);
      case "f8" -> new NpyField(Kind.FLOATING, order, offset, 8);
      default -> throw NpyHeader.invalid(file, "its numbers are of type '" + type + "'");
    };
  }

  /** The field of the row that starts there. */
  double get(ByteBuffer rows, int rowStart) {
    rows.order(order);
    int at = rowStart + offset;
    if (kind == Kind.FLOATING) {
      return bytes == 4 ? rows.getFloat(at) : rows.getDouble(at);
    }
    long value =
        switch (bytes) {
          case 1 -> rows.get(at);
          case 2 -> rows.getShort(at);
          case 4 -> rows.getInt(at);
          default -> rows.getLong(at);
        };
    boolean wrapped = kind == Kind.UNSIGNED && value < 0 && bytes < 8;
    return wrapped ? value + (1L << (8 * bytes)) : value;
  }
}
