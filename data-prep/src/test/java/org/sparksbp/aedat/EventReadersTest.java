package org.sparksbp.aedat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparksbp.aedat.EventFiles.join;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.RealData;

class EventReadersTest extends ReadEvents {

  private static final byte[] HEADER =
      "#!AER-DAT3.1\r\n#Format: RAW\r\n#!END-HEADER\r\n".getBytes(StandardCharsets.US_ASCII);

  @Test
  void writtenEventsAreReadBackAlsoBeyondAnOverflowOfTime() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (AedatWriter writer = new AedatWriter(bytes)) {
      writer.event(5, 0, 127, 1);
      writer.event((1L << 31) - 1, 127, 0, 0);
      writer.event((1L << 31) + 3, 64, 32, 1);
    }
    read(EventFormat.AEDAT, bytes.toByteArray());
    assertThat(events).containsExactly("5 0 127 1", "2147483647 127 0 0", "2147483651 64 32 1");
    assertThat(faults).isEmpty();
  }

  @Test
  void otherPacketsAndInvalidEventsAreSkipped() throws IOException {
    read(
        EventFormat.AEDAT,
        join(
            HEADER,
            packet(0, 0, event(1, 1, 9, 1)),
            packet(1, 0, event(3, 4, 10, 1), event(5, 6, 11, 0)),
            packet(2, 0)));
    assertThat(events).containsExactly("10 3 4 1");
    assertThat(faults).isEmpty();
  }

  @Test
  void eventsOutsideTheSensorAreCountedWithTheByteOfTheFirst() throws IOException {
    read(
        EventFormat.AEDAT,
        join(HEADER, packet(1, 0, event(3, 4, 10, 1), event(128, 6, 11, 1), event(1, 300, 12, 1))));
    assertThat(events).containsExactly("10 3 4 1");
    assertThat(faults)
        .containsExactly(
            "byte "
                + (HEADER.length + 28 + 8)
                + ": 2 events of a packet outside 128x128 pixels, the first at x = 128, y = 6");
  }

  @Test
  void timeMayStepBackWithinAPacketButNotBehindTheOneBefore() throws IOException {
    read(
        EventFormat.AEDAT,
        join(
            HEADER,
            packet(1, 0, event(1, 1, 100, 1), event(1, 1, 90, 1)),
            packet(1, 0, event(2, 2, 150, 1), event(2, 2, 140, 1)),
            packet(1, 0, event(3, 3, 60, 1), event(3, 3, 160, 1))));
    assertThat(events)
        .containsExactly("100 1 1 1", "90 1 1 1", "150 2 2 1", "140 2 2 1", "160 3 3 1");
    assertThat(faults).hasSize(1);
    assertThat(faults.get(0))
        .endsWith(
            "1 events of a packet go back in time behind the packet before, the first to 60 us"
                + " from 150 us");
  }

  @Test
  void aTruncatedLastPacketIsAFaultAtItsByteAndItsWholeEventsCount() throws IOException {
    byte[] whole = join(HEADER, packet(1, 0, event(1, 1, 1, 1), event(1, 1, 2, 1)));
    read(EventFormat.AEDAT, Arrays.copyOf(whole, whole.length - 3));
    assertThat(events).containsExactly("1 1 1 1");
    assertThat(faults)
        .containsExactly(
            "byte " + HEADER.length + ": truncated last packet: 1 of its 2 events are there");
    faults.clear();
    read(EventFormat.AEDAT, Arrays.copyOf(whole, HEADER.length + 20));
    assertThat(faults)
        .containsExactly(
            "byte "
                + HEADER.length
                + ": truncated last packet: 20 of the 28 bytes of its header are there");
  }

  @Test
  void anImpossiblePacketHeaderEndsReadingWithItsByte() {
    byte[] packet = packet(1, 0, event(1, 1, 1, 1));
    packet[23] = (byte) 0xff;
    assertThatThrownBy(() -> read(EventFormat.AEDAT, join(HEADER, packet)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("impossible packet header at byte " + HEADER.length);
  }

  @Test
  void otherFilesAreRefusedAndNamed() {
    assertRefused("#!AER-DAT2.0\r\n# raw", "it is an AEDAT 2.0 recording");
    assertRefused("#!AER-DAT4.0\r\n", "impossible length of the header at byte 14");
    assertRefused("#!AER-DAT4.1\r\n", "it is an AEDAT recording of version 4.1");
    assertRefused("GIF89a", "its first line is not #!AER-DAT3.1 or 4.0");
    assertRefused("#!AER-DAT3.1\r\n\0\0", "no line #!END-HEADER");
  }

  private void assertRefused(String start, String reason) {
    byte[] content = start.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> read(EventFormat.AEDAT, content))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("some.file")
        .hasMessageContaining(reason);
  }

  @Test
  void bs2EventsHaveTheirTimeIn23Bits() throws IOException {
    read(EventFormat.BS2, new byte[] {3, 4, (byte) 0x81, 2, 3, 5, 6, 1, 2, 4, 7});
    assertThat(events).containsExactly("66051 3 4 1", "66052 5 6 0");
    assertThat(faults).containsExactly("byte 10: truncated last event: 1 of its 5 bytes are there");
  }

  @Test
  void bs2EventsOutsideOrBackInTimeAreCounted() throws IOException {
    read(EventFormat.BS2, new byte[] {3, 4, 0, 0, 9, (byte) 200, 6, 0, 0, 9, 1, 1, 0, 0, 8});
    assertThat(events).containsExactly("9 3 4 0");
    assertThat(faults)
        .containsExactly(
            "byte 5: 1 events outside 128x128 pixels, the first at x = 200, y = 6",
            "byte 10: 1 events go back in time");
  }

  @Test
  void theRealEventsAreTheSameInBothContainers() throws IOException {
    Path data = RealData.path("dvsgesture");
    long[] recording =
        countAndSum(new Path(data, "aedat31_repacked/slayer10.aedat"), EventFormat.AEDAT);
    long[] clips = new long[4];
    for (int clip = 1; clip <= 10; clip++) {
      long[] one = countAndSum(new Path(data, "slayer_bs2/" + clip + ".bs2"), EventFormat.BS2);
      for (int i = 0; i < 4; i++) {
        clips[i] += one[i];
      }
      clips[1] += one[0] * clip * 10_000_000L;
    }
    assertThat(recording).containsExactly(clips);
    assertThat(recording[0]).isEqualTo(1_206_710);
    assertThat(faults).isEmpty();
  }

  private long[] countAndSum(Path file, EventFormat format) throws IOException {
    long[] sums = new long[4];
    try (InputStream in = RawFile.open(new Configuration(), file)) {
      format.read(
          in,
          file.toString(),
          NpyLayout.TONIC,
          (time, x, y, polarity) -> {
            sums[0]++;
            sums[1] += time;
            sums[2] += 128L * y + x;
            sums[3] += polarity;
          },
          (events, position, reason) -> faults.add(position + ": " + reason));
    }
    return sums;
  }

  private static byte[] event(int x, int y, int time, int valid) {
    ByteBuffer event = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return event.putInt(x << 17 | y << 2 | 2 | valid).putInt(time).array();
  }

  private static byte[] packet(int type, int overflow, byte[]... events) {
    ByteBuffer header = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort((short) type).putShort((short) 1).putInt(8).putInt(4).putInt(overflow);
    header.putInt(events.length).putInt(events.length).putInt(events.length);
    return join(header.array(), join(events));
  }
}
