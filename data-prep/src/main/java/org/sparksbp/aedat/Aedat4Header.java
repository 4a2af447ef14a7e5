package org.sparksbp.aedat;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the packets of an AEDAT 4 recording.
 *
 * @param compression of the packets
 * @param tablePosition byte of the table behind the last packet, -1 if none was written
 * @param width pixels of the camera of events, 0 if it is not said
 * @param height its rows, 0 if it is not said
 */
record Aedat4Header(Compression compression, long tablePosition, int width, int height) {

  private static final int COMPRESSION_FIELD = 4;
  private static final int POSITION_FIELD = 6;

  /** The streams are described in XML; the first one of events with what follows it. */
  private static final Pattern EVENTS_STREAM = Pattern.compile("typeIdentifier\"[^>]*>EVTS<");

  private static final Pattern WIDTH = Pattern.compile("key=\"sizeX\"[^>]*>(\\d{1,6})<");
  private static final Pattern HEIGHT = Pattern.compile("key=\"sizeY\"[^>]*>(\\d{1,6})<");

  /** How packets are compressed; both levels of a method are read alike. */
  enum Compression {
    NONE,
    LZ4,
    ZSTD
  }

  /**
   * Reads the header behind its length.
   *
   * @throws RuntimeException if it is none
   */
  static Aedat4Header of(byte[] bytes) {
    if (!Aedat4Reader.isKind(bytes, Integer.BYTES, "IOHE")) {
      throw new IllegalArgumentException("it is not of the kind IOHE");
    }
    Fields fields = new Fields(Aedat4Reader.littleEndian(bytes));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher stream = EVENTS_STREAM.matcher(text);
    String described = stream.find() ? text.substring(stream.start()) : "";
    return new Aedat4Header(
        fields.compression(),
        fields.position(),
        number(WIDTH, described),
        number(HEIGHT, described));
  }

  /** Whether it says to have another size than that of a square sensor. */
  boolean isOfOtherSensor(int side) {
    return (width != 0 && width != side) || (height != 0 && height != side);
  }

  private static int number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  /** The fields that are numbers. */
  private static final class Fields extends Table {

    Fields(ByteBuffer buffer) {
      __reset(buffer.getInt(0), buffer);
    }

    Compression compression() {
      int field = __offset(COMPRESSION_FIELD);
      int number = field == 0 ? 0 : bb.getInt(field + bb_pos);
      return switch (number) {
        case 0 -> Compression.NONE;
        case 1, 2 -> Compression.LZ4;
        case 3, 4 -> Compression.ZSTD;
        default -> throw new IllegalArgumentException("compression " + number + " is unknown");
      };
    }

    long position() {
      int field = __offset(POSITION_FIELD);
      long position = field == 0 ? -1 : bb.getLong(field + bb_pos);
      return position > 0 ? position : -1;
    }
  }
}
