package org.sparksbp.aedat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.sparksbp.storage.InvalidInputException;

/**
 * Reads AEDAT 4 behind its first line: a header, then packets of compressed FlatBuffers, each with
 * the number of its stream, up to a table of all of them. Packets of other than events are skipped.
 */
final class Aedat4Reader {

  static final String VERSION = "#!AER-DAT4.0";

  private static final int PACKET_HEADER_BYTES = 8;
  private static final int MAX_HEADER_BYTES = 1 << 24;

  /** Of a packet whose bytes are one, nothing that compresses events makes more of it. */
  private static final int MOST_EXPANSION = 300;

  private static final int MOST_OF_SMALL_PACKETS = 1 << 16;
  private static final int MOST_BYTES = 1 << 28;

  private final InputStream in;
  private final String file;
  private final int side;
  private final EventVisitor events;
  private final FaultVisitor faults;

  /** Byte of the file at which the next read starts. */
  private long at;

  private int stream = -1;
  private long found;

  /**
   * @param at byte of the file that is read next
   * @param side pixels on the sensor's
   */
  Aedat4Reader(
      InputStream in, String file, long at, int side, EventVisitor events, FaultVisitor faults) {
    this.in = in;
    this.file = file;
    this.at = at;
    this.side = side;
    this.events = events;
    this.faults = faults;
  }

  /** Reads the header and checks that its camera has the sensor's size. */
  Aedat4Header readHeader() throws IOException {
    byte[] size = in.readNBytes(Integer.BYTES);
    int bytes = size.length < Integer.BYTES ? -1 : littleEndian(size).getInt();
    if (bytes < Integer.BYTES || bytes > MAX_HEADER_BYTES) {
      throw damaged("impossible length of the header at byte " + at);
    }
    byte[] header = in.readNBytes(bytes);
    if (header.length < bytes) {
      throw damaged("it ends within its header");
    }
    at += (long) Integer.BYTES + bytes;
    Aedat4Header read;
    try {
      read = Aedat4Header.of(header);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "Invalid AEDAT file " + file + ": its header is damaged (" + e.getMessage() + ")", e);
    }
    if (read.isOfOtherSensor(side)) {
      throw new InvalidInputException(
          "Cannot read "
              + file
              + ": its camera has "
              + read.width()
              + "x"
              + read.height()
              + " pixels, needed is one of "
              + side
              + "x"
              + side
              + "; take it out of the input");
    }
    return read;
  }

  EventsRead read() throws IOException {
    Aedat4Header header = readHeader();
    ClipChecks checks = new ClipChecks(side, "byte", events, faults);
    boolean truncated = readPackets(header, checks);
    checks.finish();
    return new EventsRead(found, truncated);
  }

  /** Reads up to the table of packets, or to the end where none was written; whether it is cut. */
  private boolean readPackets(Aedat4Header header, ClipChecks checks) throws IOException {
    while (header.tablePosition() < 0 || at < header.tablePosition()) {
      long packetAt = at;
      byte[] start = in.readNBytes(PACKET_HEADER_BYTES);
      if (start.length == 0 && header.tablePosition() < 0) {
        return false;
      }
      if (start.length < PACKET_HEADER_BYTES) {
        return cut(packetAt, start.length + " of the 8 bytes of a packet's header are there");
      }
      ByteBuffer fields = littleEndian(start);
      int number = fields.getInt();
      int size = fields.getInt();
      if (number < 0 || size < 0) {
        throw damaged(
            "impossible packet header at byte "
                + packetAt
                + " (stream "
                + number
                + ", "
                + size
                + " bytes)");
      }
      byte[] packet = in.readNBytes(size);
      at += (long) PACKET_HEADER_BYTES + packet.length;
      if (packet.length < size) {
        return cut(packetAt, packet.length + " of its " + size + " bytes are there");
      }
      readPacket(header, number, packet, packetAt, checks);
    }
    return false;
  }

  /** How many events the packet had cannot be known; one stands for them. */
  private boolean cut(long packetAt, String what) throws IOException {
    found++;
    faults.fault(1, "byte " + packetAt, "truncated last packet: " + what);
    return true;
  }

  private void readPacket(
      Aedat4Header header, int number, byte[] packet, long packetAt, ClipChecks checks)
      throws IOException {
    ByteBuffer elements;
    try {
      elements = EventPacket.elements(decompressed(header, packet));
    } catch (IOException | RuntimeException e) {
      throw new InvalidInputException(
          "Invalid AEDAT file "
              + file
              + ": damaged packet at byte "
              + packetAt
              + " ("
              + e.getMessage()
              + "); the file is damaged from there on",
          e);
    }
    if (elements == null) {
      return;
    }
    if (stream >= 0 && stream != number) {
      throw new InvalidInputException(
          "Cannot read "
              + file
              + ": it has the events of several cameras, streams "
              + stream
              + " and "
              + number
              + "; export one of them");
    }
    stream = number;
    while (elements.hasRemaining()) {
      int place = elements.position();
      found++;
      checks.event(
          packetAt,
          elements.getLong(place),
          elements.getShort(place + 8),
          elements.getShort(place + 10),
          elements.get(place + 12) == 0 ? 0 : 1);
      elements.position(place + EventPacket.EVENT_BYTES);
    }
  }

  /** The content of a packet, of other than events no more than says what it is. */
  private static ByteBuffer decompressed(Aedat4Header header, byte[] packet) throws IOException {
    try (InputStream content = content(header, packet)) {
      byte[] start = content.readNBytes(EventPacket.START_BYTES);
      if (!EventPacket.isOfEvents(start)) {
        return littleEndian(start);
      }
      long most =
          Math.min(MOST_BYTES, MOST_OF_SMALL_PACKETS + (long) MOST_EXPANSION * packet.length);
      byte[] rest = content.readNBytes((int) most);
      if (rest.length == most) {
        throw new IOException("it has more than " + most + " bytes when decompressed");
      }
      byte[] all = Arrays.copyOf(start, start.length + rest.length);
      System.arraycopy(rest, 0, all, start.length, rest.length);
      return littleEndian(all);
    }
  }

  private static InputStream content(Aedat4Header header, byte[] packet) throws IOException {
    InputStream plain = new ByteArrayInputStream(packet);
    return switch (header.compression()) {
      case NONE -> plain;
      // Not the library of this format's authors: it reads no blocks that follow from others.
      case LZ4 -> new FramedLZ4CompressorInputStream(plain);
      case ZSTD -> new ZstdInputStream(plain);
    };
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether four bytes of a FlatBuffer say that it is of a kind. */
  static boolean isKind(byte[] bytes, int from, String kind) {
    return bytes.length >= from + 4
        && new String(bytes, from, 4, StandardCharsets.US_ASCII).equals(kind);
  }

  private InvalidInputException damaged(String reason) {
    return new InvalidInputException(
        "Invalid AEDAT file " + file + ": " + reason + "; get the file anew");
  }
}
