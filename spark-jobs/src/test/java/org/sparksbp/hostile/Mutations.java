package org.sparksbp.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damaged copies of inputs, each determined by its number. */
final class Mutations {

  private static final long[] LIMITS = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    32767,
    65535,
    65536,
    1 << 20,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE - 8,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<String> WORDS =
      List.of(
          "null",
          "true",
          "{}",
          "[]",
          "\"\"",
          "{",
          "}",
          "[",
          "]",
          "\"",
          ",",
          ":",
          "-",
          "NaN",
          "Infinity",
          "1e999999999",
          "1e-999999999",
          "99999999999999999999",
          "-1",
          "0",
          "2147483647",
          "-2147483648",
          "0.5",
          "../",
          "/etc/passwd",
          "file:///",
          "\\u0000",
          "\r\n",
          "\t",
          ";",
          "${a}",
          "include \"x\"",
          "a=${a}${a}",
          "(",
          ")",
          "'",
          "<f8",
          "|S5",
          ">i2",
          "('x', '<f8'), ",
          "True",
          "#!END-HEADER\r\n",
          "\u0000",
          "\uFEFF",
          "é");

  private final List<byte[]> seeds;

  Mutations(List<byte[]> seeds) {
    this.seeds = seeds;
  }

  /** The damaged input of a number. */
  byte[] of(long number) {
    SplittableRandom random = new SplittableRandom(number * 0x9E3779B97F4A7C15L + 1);
    byte[] input = seeds.get(random.nextInt(seeds.size()));
    for (int changes = 1 + Long.numberOfTrailingZeros(random.nextLong()); changes > 0; changes--) {
      input = changed(input, random);
    }
    return input;
  }

  private byte[] changed(byte[] input, SplittableRandom random) {
    int at = random.nextInt(input.length + 1);
    int to = at + random.nextInt(Math.min(input.length - at, 1 << random.nextInt(12)) + 1);
    byte[] cut = Arrays.copyOfRange(input, at, to);
    return switch (random.nextInt(10)) {
      case 0 -> flipped(input, random);
      case 1 -> spliced(input, at, Math.min(at + 1, input.length), (byte) random.nextInt());
      case 2 -> number(input, at, random);
      case 3 -> spliced(input, at, to);
      case 4 -> spliced(input, at, at, cut);
      case 5 -> Arrays.copyOf(input, at);
      case 6, 7 -> {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        yield spliced(
            input, at, random.nextBoolean() ? at : to, word.getBytes(StandardCharsets.UTF_8));
      }
      case 8 -> digits(input, at, random);
      default -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int from = random.nextInt(other.length + 1);
        yield spliced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
      }
    };
  }

  private static byte[] flipped(byte[] input, SplittableRandom random) {
    return input.length == 0 ? input : flipped(input, random.nextInt(8 * input.length));
  }

  /** The input with one bit turned over. */
  static byte[] flipped(byte[] input, int bit) {
    byte[] flipped = input.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  /** A limit of numbers in one of the ways in which headers have them. */
  private static byte[] number(byte[] input, int at, SplittableRandom random) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES)
            .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long limit = LIMITS[random.nextInt(LIMITS.length)];
    int width = 1 << random.nextInt(4);
    switch (width) {
      case 1 -> bytes.put((byte) limit);
      case 2 -> bytes.putShort((short) limit);
      case 4 -> bytes.putInt((int) limit);
      default -> bytes.putLong(limit);
    }
    return spliced(
        input, at, Math.min(input.length, at + width), Arrays.copyOf(bytes.array(), width));
  }

  /** Another number where digits stand. */
  private static byte[] digits(byte[] input, int at, SplittableRandom random) {
    int from = at;
    while (from < input.length && !Character.isDigit(input[from])) {
      from++;
    }
    int to = from;
    while (to < input.length && Character.isDigit(input[to])) {
      to++;
    }
    String number = Long.toString(LIMITS[random.nextInt(LIMITS.length)]);
    return spliced(input, from, to, number.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] spliced(byte[] input, int from, int to, byte... between) {
    ByteArrayOutputStream spliced = new ByteArrayOutputStream();
    spliced.write(input, 0, from);
    spliced.writeBytes(between);
    spliced.write(input, to, input.length - to);
    return spliced.toByteArray();
  }
}
