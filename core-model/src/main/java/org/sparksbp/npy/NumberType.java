package org.sparksbp.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A type of numbers (NumPy's dtype).
 *
 * @param bytes of a number
 */
public record NumberType(Kind kind, ByteOrder order, int bytes) {

  /** How the bits are read. */
  public enum Kind {
    SIGNED,
    UNSIGNED,
    FLOATING
  }

  /** Single precision, little-endian. */
  static final NumberType FLOAT = new NumberType(Kind.FLOATING, ByteOrder.LITTLE_ENDIAN, 4);

  /**
   * The type of a type string such as {@code <f8}, {@code |b1} or {@code >i2}.
   *
   * @throws InvalidNpyException if it is none of whole numbers, truth values and real numbers
   */
  static NumberType of(String type) throws InvalidNpyException {
    boolean hasOrder = "<>|=".indexOf(type.charAt(0)) >= 0;
    String plain = hasOrder ? type.substring(1) : type;
    ByteOrder order = type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return switch (plain) {
      case "?", "b1", "u1" -> new NumberType(Kind.UNSIGNED, order, 1);
      case "u2" -> new NumberType(Kind.UNSIGNED, order, 2);
      case "u4" -> new NumberType(Kind.UNSIGNED, order, 4);
      case "u8" -> new NumberType(Kind.UNSIGNED, order, 8);
      case "i1" -> new NumberType(Kind.SIGNED, order, 1);
      case "i2" -> new NumberType(Kind.SIGNED, order, 2);
      case "i4" -> new NumberType(Kind.SIGNED, order, 4);
      case "i8" -> new NumberType(Kind.SIGNED, order, 8);
      case "f4" -> new NumberType(Kind.FLOATING, order, 4);
      case "f8" -> new NumberType(Kind.FLOATING, order, 8);
      default ->
          throw new InvalidNpyException(
              "its numbers are of type '"
                  + type
                  + "', neither whole numbers nor float32 or float64; save it as one of these");
    };
  }

  /** The number at a place; sets the buffer's order. */
  public double get(ByteBuffer buffer, int at) {
    buffer.order(order);
    if (kind == Kind.FLOATING) {
      return bytes == 4 ? buffer.getFloat(at) : buffer.getDouble(at);
    }
    long value =
        switch (bytes) {
          case 1 -> buffer.get(at);
          case 2 -> buffer.getShort(at);
          case 4 -> buffer.getInt(at);
          default -> buffer.getLong(at);
        };
    boolean wrapped = kind == Kind.UNSIGNED && value < 0 && bytes < 8;
    return wrapped ? value + (1L << (8 * bytes)) : value;
  }
}
