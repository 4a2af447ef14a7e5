package org.sparksbp.aedat;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The decompressed content of an AEDAT 4 packet: its length, then a FlatBuffer. */
final class EventPacket extends Table {

  /** Time in us (8 bytes), x, y (2 each), polarity, padding. */
  static final int EVENT_BYTES = 16;

  /** Length, place of the table, kind. */
  static final int START_BYTES = 12;

  private static final int ELEMENTS_FIELD = 4;
  private static final int LENGTH_BYTES = Integer.BYTES;

  private EventPacket(ByteBuffer buffer) {
    __reset(LENGTH_BYTES + buffer.getInt(LENGTH_BYTES), buffer);
  }

  /** Whether the start of a packet says that it has events. */
  static boolean isOfEvents(byte[] start) {
    return Aedat4Reader.isKind(start, 2 * Integer.BYTES, "EVTS");
  }

  /**
   * The events of a packet, {@link #EVENT_BYTES} each, or null if it has other things.
   *
   * @throws RuntimeException if its places lie outside it
   */
  static ByteBuffer elements(ByteBuffer packet) {
    return isOfEvents(packet.array()) ? new EventPacket(packet).elements() : null;
  }

  private ByteBuffer elements() {
    int field = __offset(ELEMENTS_FIELD);
    if (field == 0) {
      return bb.slice(0, 0);
    }
    int count = __vector_len(field);
    long bytes = (long) count * EVENT_BYTES;
    int start = __vector(field);
    if (count < 0 || start < 0 || start + bytes > bb.limit()) {
      throw new IllegalArgumentException(count + " events from byte " + start + " are not in it");
    }
    return bb.slice(start, (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
