package org.sparksbp.aedat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.sparksbp.aedat.NpyLayout.TimeUnit;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.RealData;

class EventReadersTest {

  private static final byte[] HEADER =
      "#!AER-DAT3.1\r\n#Format: RAW\r\n#!END-HEADER\r\n".getBytes(StandardCharsets.US_ASCII);

  private final List<String> events = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private EventsRead found;
  private long lost;

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
  void npyArraysOfFourColumnsHaveTimesInMilliseconds() throws IOException {
    ByteBuffer rows = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : new double[] {3, 4, 1, 1.5, 5, 6, 0, 2}) {
      rows.putDouble(value);
    }
    read(EventFormat.NPY, npy("'<f8'", "(2, 4)", rows.array()));
    assertThat(events).containsExactly("1500 3 4 1", "2000 5 6 0");
  }

  @Test
  void eventsThatAreNoNumbersOrNoPixelsAreLostAndCounted() throws IOException {
    read(
        EventFormat.NPY,
        doubles(3, 4, 1, 1, Double.NaN, 4, 1, 2, 5, 6, 0, Double.POSITIVE_INFINITY, 5.5, 6, 0, 3));
    assertThat(events).containsExactly("1000 3 4 1");
    assertThat(faults)
        .singleElement()
        .asString()
        .contains("3 events whose values are no whole pixels or no times, the first x = NaN");
    assertThat(lost).isEqualTo(3);
    assertThat(found).isEqualTo(new EventsRead(4, false));
  }

  @Test
  void otherOrdersOfColumnsAreRefusedUntilTheyAreSaid() throws IOException {
    byte[] xytp = doubles(3, 4, 1.5, 1, 5, 6, 2, 0);
    assertThatThrownBy(() -> read(EventFormat.NPY, xytp))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("polarity 1.5 at byte")
        .hasMessageContaining("--npy-columns");
    events.clear();
    read(EventFormat.NPY, new NpyLayout("xytp", TimeUnit.MS), xytp);
    assertThat(events).containsExactly("1500 3 4 1", "2000 5 6 0");
    events.clear();
    read(EventFormat.NPY, new NpyLayout("tyxp", TimeUnit.US), doubles(7, 4, 3, -1));
    assertThat(events).containsExactly("7 3 4 0");
  }

  @Test
  void timesInAnotherUnitAreRefusedUntilItIsSaid() throws IOException {
    byte[] microseconds = doubles(3, 4, 1, 0, 5, 6, 0, 6_000_000);
    assertThatThrownBy(() -> read(EventFormat.NPY, microseconds))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its 2 events span 6000.000 s with times in ms")
        .hasMessageContaining("--npy-time");
    events.clear();
    read(EventFormat.NPY, new NpyLayout("xypt", TimeUnit.US), microseconds);
    assertThat(events).containsExactly("0 3 4 1", "6000000 5 6 0");
    double[] seconds = new double[4 * 200];
    for (int i = 0; i < 200; i++) {
      seconds[4 * i + 3] = 0.03 * i;
    }
    assertThatThrownBy(() -> read(EventFormat.NPY, doubles(seconds)))
        .hasMessageContaining("its 200 events span 0.006 s");
  }

  private static byte[] doubles(double... values) {
    ByteBuffer rows = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      rows.putDouble(value);
    }
    return npy("'<f8'", "(" + values.length / 4 + ", 4)", rows.array());
  }

  @Test
  void structuredNpyArraysAreReadByFieldName() throws IOException {
    ByteBuffer rows = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
    rows.putLong(7).putShort((short) 3).putShort((short) 4).put((byte) 1);
    read(
        EventFormat.NPY,
        npy("[('t', '<i8'), ('y', '<i2'), ('x', '<i2'), ('p', '|b1')]", "(1,)", rows.array()));
    assertThat(events).containsExactly("7000 4 3 1");
    byte[] cut = npy("'<i2'", "(3, 4)", new byte[10]);
    read(EventFormat.NPY, cut);
    assertThat(faults)
        .containsExactly("byte " + (cut.length - 2) + ": truncated: 1 of its 3 events are there");
  }

  @Test
  void infiniteValuesAreNoEvents() throws IOException {
    double no = Double.POSITIVE_INFINITY;
    read(EventFormat.NPY, doubles(no, 2, 1, 3, 1, -no, 1, 3, 1, 2, no, 3, 1, 2, 1, 3));
    assertThat(events).containsExactly("3000 1 2 1");
    assertThat(lost).isEqualTo(3);
    assertThat(faults).hasSize(1).first().asString().contains("x = Infinity, y = 2.0");
  }

  @Test
  void npyFilesOfAnotherFormAreRefused() {
    assertThatThrownBy(() -> read(EventFormat.NPY, npy("'<f8'", "(2, 3)", new byte[48])))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its second dimension must be 4");
    assertThatThrownBy(() -> read(EventFormat.NPY, npy("'<c8'", "(2, 4)", new byte[64])))
        .hasMessageContaining("its numbers are of type '<c8'");
    byte[] two = join(doubles(1, 2, 1, 3), doubles(1, 2, 1, 3));
    assertThatThrownBy(() -> read(EventFormat.NPY, two))
        .hasMessageContaining("it goes on behind the 1 events of its header");
    String fields = "[('x', '|i1'), ('y', '|i1'), ('p', '|i1'), ('t', '|i1')%s]";
    byte[] square = npy(String.format(fields, ""), "(2, 2)", new byte[16]);
    assertThatThrownBy(() -> read(EventFormat.NPY, square))
        .hasMessageContaining("no shape (events, 4) or (events,)");
    byte[] twoTimes = npy(String.format(fields, ", ('ts', '|i1')"), "(1,)", new byte[5]);
    assertThatThrownBy(() -> read(EventFormat.NPY, twoTimes))
        .hasMessageContaining("needs each once of the fields x, y, p and t");
    assertThatThrownBy(() -> read(EventFormat.NPY, new byte[20]))
        .hasMessage("Invalid NumPy file some.file: it does not start with \\x93NUMPY");
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

  private void read(EventFormat format, byte[] content) throws IOException {
    read(format, NpyLayout.TONIC, content);
  }

  private void read(EventFormat format, NpyLayout layout, byte[] content) throws IOException {
    found =
        format.read(
            new ByteArrayInputStream(content),
            "some.file",
            layout,
            (time, x, y, polarity) -> events.add(time + " " + x + " " + y + " " + polarity),
            (events, position, reason) -> {
              lost += events;
              faults.add(position + ": " + reason);
            });
  }

  private static byte[] npy(String descr, String shape, byte[] rows) {
    String header = "{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + ", }\n";
    ByteBuffer start = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    start.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    start.put((byte) 1).put((byte) 0).putShort((short) header.length());
    return join(start.array(), header.getBytes(StandardCharsets.US_ASCII), rows);
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

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
