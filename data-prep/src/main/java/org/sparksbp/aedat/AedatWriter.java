package org.sparksbp.aedat;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes an AEDAT 3.1 recording as the DvsGesture data set has them. */
public final class AedatWriter implements Closeable {

  private static final int PACKET_EVENTS = 4096;
  private static final String HEADER =
      "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n"
          + "#Start-Time: 1970-01-01 00:00:00 (TZ+0000)\r\n#!END-HEADER\r\n";

  private final OutputStream out;
  private final ByteBuffer packet =
      ByteBuffer.allocate(PACKET_EVENTS * AedatReader.EVENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long overflow;

  /**
   * Starts a recording.
   *
   * @param out is closed with the writer
   */
  public AedatWriter(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEADER.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Writes a valid event.
   *
   * @param time in us, not before the event before
   */
  public void event(long time, int x, int y, int polarity) throws IOException {
    if (!packet.hasRemaining() || time >>> 31 != overflow) {
      flushPacket();
      overflow = time >>> 31;
    }
    packet.putInt(x << 17 | y << 2 | polarity << 1 | 1).putInt((int) (time & 0x7fffffff));
  }

  private void flushPacket() throws IOException {
    int events = packet.position() / AedatReader.EVENT_BYTES;
    if (events > 0) {
      ByteBuffer header =
          ByteBuffer.allocate(AedatReader.PACKET_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      header.putShort((short) AedatReader.POLARITY_EVENT).putShort((short) 1);
      header.putInt(AedatReader.EVENT_BYTES).putInt(4).putInt((int) overflow);
      header.putInt(events).putInt(events).putInt(events);
      out.write(header.array());
      out.write(packet.array(), 0, packet.position());
      packet.clear();
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flushPacket();
    }
  }
}
