package org.sparksbp.aedat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.sparksbp.storage.InvalidInputException;

/**
 * Reads AEDAT 3.1 as the DvsGesture data set uses it: header lines, then packets of a 28-byte
 * header and events, little-endian. Packets of other than polarity events and invalid events are
 * skipped.
 */
final class AedatReader {

  static final int PACKET_HEADER_BYTES = 28;
  static final int EVENT_BYTES = 8;
  static final int POLARITY_EVENT = 1;

  private static final int MAX_HEADER_LINE_BYTES = 4096;
  private static final int MAX_EVENT_TYPE = 255;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final InputStream in;
  private final String file;
  private final EventVisitor events;
  private final FaultVisitor faults;
  private final byte[] buffer = new byte[8192 * EVENT_BYTES];

  /** Byte of the file at which the next read starts. */
  private long at;

  /** Polarity events so far but those that the camera itself has marked invalid. */
  private long found;

  /** Time of the first event of the packet before; nothing may lie before it. */
  private long earliest = Long.MIN_VALUE;

  // Of the packet being read.
  private long firstTime;
  private long outside;
  private long firstOutsideAt;
  private String firstOutside;
  private long backwards;
  private long firstBackwardsAt;
  private long firstBackwards;

  AedatReader(InputStream in, String file, EventVisitor events, FaultVisitor faults) {
    this.in = in;
    this.file = file;
    this.events = events;
    this.faults = faults;
  }

  static void checkHeader(InputStream in, String file) throws IOException {
    AedatReader reader =
        new AedatReader(in, file, (time, x, y, polarity) -> {}, (events, position, reason) -> {});
    String version = reader.readLine();
    if (version.startsWith(Aedat4Reader.VERSION)) {
      var unused = reader.version4().readHeader();
    } else {
      reader.readFileHeader(version);
    }
  }

  private Aedat4Reader version4() {
    return new Aedat4Reader(in, file, at, EventFormat.SENSOR_SIDE, events, faults);
  }

  EventsRead read() throws IOException {
    String version = readLine();
    if (version.startsWith(Aedat4Reader.VERSION)) {
      return version4().read();
    }
    readFileHeader(version);
    byte[] header = new byte[PACKET_HEADER_BYTES];
    while (true) {
      long packetAt = at;
      int count = in.readNBytes(header, 0, PACKET_HEADER_BYTES);
      at += count;
      if (count == 0) {
        return new EventsRead(found, false);
      }
      if (count < PACKET_HEADER_BYTES) {
        // How many events it had cannot be known; one stands for them.
        found++;
        faults.fault(
            1,
            "byte " + packetAt,
            "truncated last packet: " + count + " of the 28 bytes of its header are there");
        return new EventsRead(found, true);
      }
      if (!readPacket(header, packetAt)) {
        return new EventsRead(found, true);
      }
    }
  }

  private void readFileHeader(String version) throws IOException {
    if (!version.startsWith("#!AER-DAT3.1")) {
      throw notReadable(version);
    }
    String line;
    do {
      line = readLine();
      if (!line.startsWith("#")) {
        throw new InvalidInputException(
            "Invalid AEDAT file "
                + file
                + ": its header has no line #!END-HEADER before byte "
                + at
                + "; get the file anew");
      }
    } while (!line.equals("#!END-HEADER"));
  }

  private InvalidInputException notReadable(String version) {
    String what;
    if (version.startsWith("#!AER-DAT2.0")) {
      what = "it is an AEDAT 2.0 recording (big-endian address and time pairs)";
    } else if (version.startsWith("#!AER-DAT")) {
      what = "it is an AEDAT recording of version " + version.substring("#!AER-DAT".length());
    } else {
      return new InvalidInputException(
          "Invalid AEDAT file "
              + file
              + ": its first line is not #!AER-DAT3.1 or 4.0, it is no AEDAT recording");
    }
    return new InvalidInputException(
        "Cannot read "
            + file
            + ": "
            + what
            + "; the gesture recordings are AEDAT 3.1 or 4.0: convert it, or take it out of the"
            + " input");
  }

  /** The next line without its end; stops after 4096 bytes, so binary data cannot fill memory. */
  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < MAX_HEADER_LINE_BYTES) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      at++;
      if (next == '\n') {
        break;
      }
      line.append((char) next);
    }
    String text =
        new String(
            line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Reads a packet; returns whether it was whole. */
  private boolean readPacket(byte[] header, long packetAt) throws IOException {
    int type = (short) SHORT.get(header, 0) & 0xffff;
    int eventBytes = (int) INT.get(header, 4);
    int timeOffset = (int) INT.get(header, 8);
    long overflow = (long) (int) INT.get(header, 12) << 31;
    int number = (int) INT.get(header, 20);
    boolean isPolarity = type == POLARITY_EVENT;
    if (type > MAX_EVENT_TYPE
        || number < 0
        || eventBytes <= 0
        || overflow < 0
        || (isPolarity && (eventBytes != EVENT_BYTES || timeOffset != 4))) {
      throw new InvalidInputException(
          "Invalid AEDAT file "
              + file
              + ": impossible packet header at byte "
              + packetAt
              + " (type "
              + type
              + ", "
              + number
              + " events of "
              + eventBytes
              + " bytes, time at byte "
              + timeOffset
              + "); the file is damaged from there on");
    }
    long wanted = (long) number * eventBytes;
    long there = isPolarity ? readEvents(wanted, overflow) : skip(wanted);
    if (there < wanted) {
      long lost = isPolarity ? number - there / eventBytes : 1;
      found += lost;
      faults.fault(
          lost,
          "byte " + packetAt,
          "truncated last packet: "
              + there / eventBytes
              + " of its "
              + number
              + " events are there");
      return false;
    }
    return true;
  }

  private long skip(long wanted) throws IOException {
    long done = 0;
    while (done < wanted) {
      int count = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, wanted - done));
      if (count == 0) {
        break;
      }
      done += count;
    }
    at += done;
    return done;
  }

  private long readEvents(long wanted, long overflow) throws IOException {
    outside = 0;
    backwards = 0;
    firstTime = Long.MIN_VALUE;
    long done = 0;
    while (done < wanted) {
      int asked = (int) Math.min(buffer.length, wanted - done);
      int count = in.readNBytes(buffer, 0, asked);
      parse(count - count % EVENT_BYTES, overflow);
      done += count;
      at += count;
      if (count < asked) {
        break;
      }
    }
    reportFaults();
    if (firstTime > earliest) {
      earliest = firstTime;
    }
    return done;
  }

  private void parse(int length, long overflow) {
    byte[] bytes = buffer;
    EventVisitor visitor = events;
    int invalid = 0;
    for (int i = 0; i < length; i += EVENT_BYTES) {
      int data = (int) INT.get(bytes, i);
      if ((data & 1) == 0) {
        invalid++;
        continue;
      }
      long time = overflow | ((int) INT.get(bytes, i + 4) & 0x7fffffffL);
      int x = data >>> 17;
      int y = (data >>> 2) & 0x7fff;
      if ((x | y) >= EventFormat.SENSOR_SIDE) {
        noteOutside(i, x, y);
      } else if (time < earliest) {
        noteBackwards(i, time);
      } else {
        if (firstTime == Long.MIN_VALUE) {
          firstTime = time;
        }
        visitor.event(time, x, y, (data >>> 1) & 1);
      }
    }
    found += length / EVENT_BYTES - invalid;
  }

  private void noteOutside(int index, int x, int y) {
    if (outside++ == 0) {
      firstOutsideAt = at + index;
      firstOutside = "x = " + x + ", y = " + y;
    }
  }

  private void noteBackwards(int index, long time) {
    if (backwards++ == 0) {
      firstBackwardsAt = at + index;
      firstBackwards = time;
    }
  }

  private void reportFaults() throws IOException {
    if (outside > 0) {
      faults.fault(
          outside,
          "byte " + firstOutsideAt,
          outside + " events of a packet outside 128x128 pixels, the first at " + firstOutside);
    }
    if (backwards > 0) {
      faults.fault(
          backwards,
          "byte " + firstBackwardsAt,
          backwards
              + " events of a packet go back in time behind the packet before, the first to "
              + firstBackwards
              + " us from "
              + earliest
              + " us");
    }
  }
}
