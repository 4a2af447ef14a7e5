package org.sparksbp.aedat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.aedat.NpyLayout.TimeUnit;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.RealData;

/** Clips as NumPy archives and HDF5, recordings as AEDAT 4, N-MNIST's five bytes an event. */
class ClipContainersTest extends ReadEvents {

  private static final NpyLayout UNSAID = new NpyLayout("xypt", null);
  private static final EventFiles.Compressor NONE = out -> out;
  private static final EventVisitor NOBODY = (time, x, y, polarity) -> {};

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
  void arraysOfAnNpzAreEventsInMicroseconds(int method) throws IOException {
    long[] t = new long[20_000];
    long[] x = new long[t.length];
    for (int i = 0; i < t.length; i++) {
      t[i] = 5_000_000L + 50 * i;
      x[i] = i % 128;
    }
    long[] y = x.clone();
    y[3] = 99;
    read(EventFormat.NPZ, EventFiles.npz(method, t, x, y, new long[t.length]));
    assertThat(events).hasSize(20_000).contains("5000150 3 99 0", "5999950 31 31 0");
    assertThat(found).isEqualTo(new EventsRead(20_000, false));
    assertThat(faults).isEmpty();
  }

  @Test
  void valuesOfAnNpzThatAreNoEventsAreLostWithTheNumberOfTheFirst() throws IOException {
    byte[] nan = EventFiles.npy("'<f8'", "(4,)", values(1, Double.NaN, 3, 2));
    byte[] three = EventFiles.npy(1, 2, 3, 4);
    byte[] x = EventFiles.npy(1, 2, 128, 4);
    byte[] ones = EventFiles.npy(1, 1, 1, 1);
    read(
        EventFormat.NPZ,
        EventFiles.zip(ZipEntry.DEFLATED, "t.npy", nan, "x.npy", x, "y.npy", three, "p.npy", ones));
    assertThat(events).containsExactly("1 1 1 1", "2 4 4 1");
    assertThat(faults).hasSize(2);
    assertThat(faults.get(0)).startsWith("event 1: 1 events whose values are no whole pixels");
    assertThat(faults.get(1))
        .isEqualTo("event 2: 1 events outside 128x128 pixels, the first at x = 128, y = 3");
    assertThat(lost).isEqualTo(2);
  }

  @Test
  void anArrayOfAnNpzThatEndsEarlyCutsTheClip() throws IOException {
    byte[] cut = EventFiles.npy("'<i8'", "(3,)", new byte[16]);
    byte[] whole = EventFiles.npy(1, 2, 3);
    read(
        EventFormat.NPZ,
        EventFiles.zip(
            ZipEntry.STORED, "t.npy", whole, "x.npy", whole, "y.npy", cut, "p.npy", cut));
    assertThat(found).isEqualTo(new EventsRead(3, true));
    assertThat(faults).containsExactly("event 2: truncated: 2 of its 3 events are there");
    assertThat(lost).isEqualTo(1);
  }

  @Test
  void archivesOfOtherThingsAndDamagedOnesAreRefused() throws IOException {
    long[] three = {1, 2, 3};
    byte[] frames = EventFiles.zip(ZipEntry.DEFLATED, "frames.npy", EventFiles.npy(1, 2));
    assertRefused(EventFormat.NPZ, frames, "needed are arrays x, y, p and t", "it has frames");
    byte[] whole = EventFiles.npz(ZipEntry.STORED, three, three, three, new long[3]);
    assertRefused(
        EventFormat.NPZ,
        Arrays.copyOf(whole, whole.length - 30),
        "it is no zip, or not all of one");
    int time = indexOf(whole, "'shape': (3,), }\n") + "'shape': (3,), }\n".length();
    whole[time] ^= 4;
    assertRefused(EventFormat.NPZ, whole, "t.npy of NumPy archive some.file", "checksum");
    assertRefused(
        EventFormat.NPZ,
        EventFiles.npz(ZipEntry.STORED, three, three, three, new long[4]),
        "x, y, p and t have [3, 3, 4, 3] values");
    assertRefused(
        EventFormat.NPZ,
        EventFiles.npz(ZipEntry.STORED, three, three, three, new long[] {0, 7, 1}),
        "polarity 7.0 at event 1 is neither 0, 1 nor -1");
  }

  @Test
  void timesOfAnNpzInAnotherUnitAreRefusedUntilItIsSaid() throws IOException {
    long[] t = new long[200];
    Arrays.setAll(t, i -> 10L * i);
    byte[] clip = EventFiles.npz(ZipEntry.STORED, t, new long[200], new long[200], new long[200]);
    assertRefused(
        EventFormat.NPZ, clip, "its 200 events span 0.002 s with times in us", "--npy-time");
    read(EventFormat.NPZ, new NpyLayout("xypt", TimeUnit.MS), clip);
    assertThat(events).contains("1990000 0 0 0");
  }

  @Test
  void dataSetsOfAGroupAreEvents() throws IOException {
    byte[] file =
        EventFiles.hdf5(
            hdf -> {
              WritableGroup group = hdf.putGroup("events");
              group.putDataset("t", new long[] {7, 9});
              group.putDataset("x", new short[] {3, 5});
              group.putDataset("y", new short[] {4, 6});
              group.putDataset("p", new byte[] {1, -1});
            });
    read(EventFormat.HDF5, file);
    assertThat(events).containsExactly("7 3 4 1", "9 5 6 0");
    assertThat(found).isEqualTo(new EventsRead(2, false));
  }

  @Test
  void dataSetsOfTheRootMayHaveOtherNamesAndTheirUnit() throws IOException {
    byte[] file =
        EventFiles.hdf5(
            hdf -> {
              WritableDataset times = hdf.putDataset("ts", new double[] {7.5, 9});
              times.putAttribute("unit", "ms");
              hdf.putDataset("xs", new int[] {3, 200});
              hdf.putDataset("ys", new int[] {4, 6});
              hdf.putDataset("ps", new String[] {"TRUE", "FALSE"});
            });
    read(EventFormat.HDF5, file);
    assertThat(events).containsExactly("7500 3 4 1");
    assertThat(faults)
        .containsExactly("event 1: 1 events outside 128x128 pixels, the first at x = 200, y = 6");
    events.clear();
    read(EventFormat.HDF5, new NpyLayout("xypt", TimeUnit.S), file);
    assertThat(events).containsExactly("7500000 3 4 1");
  }

  @Test
  void realTimesOfHdf5AreSecondsAndWholeOnesMicroseconds() throws IOException {
    read(EventFormat.HDF5, EventFiles.hdf5(hdf -> put(hdf, new float[] {0.5f, 1.25f})));
    assertThat(events).containsExactly("500000 1 1 0", "1250000 1 1 0");
    byte[] unknown =
        EventFiles.hdf5(
            hdf -> {
              put(hdf, new long[] {1, 2});
              hdf.putAttribute("units", "ticks");
            });
    assertRefused(EventFormat.HDF5, unknown, "its times are in 'ticks' by the attribute units");
    byte[] hours = EventFiles.hdf5(hdf -> put(hdf, new double[] {0, 1e6}));
    assertRefused(EventFormat.HDF5, hours, "its 2 events span 1000000.000 s with times in s");
  }

  private static void put(WritableGroup group, Object times) {
    group.putDataset("t", times);
    group.putDataset("x", new int[] {1, 1});
    group.putDataset("y", new int[] {1, 1});
    group.putDataset("p", new int[] {0, 0});
  }

  @Test
  void hdf5OfOtherThingsAndDamagedOneIsRefused() throws IOException {
    byte[] other = EventFiles.hdf5(hdf -> hdf.putDataset("frames", new int[] {1}));
    assertRefused(EventFormat.HDF5, other, "needed are arrays x, y, p and t", "has frames");
    byte[] whole = EventFiles.hdf5(hdf -> put(hdf, new long[] {1, 2}));
    for (int length : new int[] {0, 8, 40, whole.length / 2}) {
      assertRefused(EventFormat.HDF5, Arrays.copyOf(whole, length), "HDF5 file some.file");
    }
    assertRefused(EventFormat.HDF5, new byte[3000], "it is no HDF5");
  }

  @Test
  void ofATruncatedHdf5AllEventsAreThereOrItIsRefused() throws IOException {
    byte[] whole = EventFiles.hdf5(hdf -> put(hdf, new long[] {1, 2}));
    for (int length = 0; length < whole.length; length += 7) {
      try {
        read(EventFormat.HDF5, Arrays.copyOf(whole, length));
        assertThat(events).containsExactly("1 1 1 0", "2 1 1 0");
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageContaining("some.file");
      }
      events.clear();
    }
  }

  @Test
  void flippedBytesEndInARefusalThatNamesTheFileOrInEvents() throws IOException {
    long[] values = {1, 2};
    EventFiles.Compressor lz4 = FramedLZ4CompressorOutputStream::new;
    Map<EventFormat, byte[]> files = new EnumMap<>(EventFormat.class);
    files.put(EventFormat.HDF5, EventFiles.hdf5(hdf -> put(hdf, values)));
    files.put(
        EventFormat.AEDAT,
        EventFiles.aedat4(1, 128, EventFiles.packet(0, lz4, new long[] {5, 1, 1, 1})));
    files.put(
        EventFormat.NPZ, EventFiles.npz(ZipEntry.DEFLATED, values, values, values, new long[2]));
    for (Map.Entry<EventFormat, byte[]> file : files.entrySet()) {
      int refused = 0;
      for (int at = 0; at < file.getValue().length; at += 7) {
        byte[] flipped = file.getValue().clone();
        flipped[at] ^= (byte) 0xff;
        events.clear();
        faults.clear();
        try {
          read(file.getKey(), flipped);
          if (file.getKey() == EventFormat.NPZ && faults.isEmpty()) {
            // Its checksums tell every other.
            assertThat(events).containsExactly("1 1 1 0", "2 2 2 0");
          }
        } catch (InvalidInputException e) {
          assertThat(e).hasMessageContaining("some.file");
          refused++;
        }
      }
      assertThat(refused).as(file.getKey().name()).isPositive();
    }
  }

  @Test
  void packetsOfAedat4AreReadPlainAndCompressed() throws IOException {
    long[][] some = new long[3000][];
    Arrays.setAll(some, i -> new long[] {1_600_000_000_000_000L + 20 * i, i % 128, 9, i % 2});
    long[] last = {1_600_000_000_060_001L, 127, 0, 1};
    List<EventFiles.Compressor> compressors =
        List.of(NONE, FramedLZ4CompressorOutputStream::new, ZstdOutputStream::new);
    for (int method = 0; method < 3; method++) {
      EventFiles.Compressor compressor = compressors.get(method);
      byte[] frame = "....\0\0\0\0FRME....".getBytes(StandardCharsets.US_ASCII);
      events.clear();
      read(
          EventFormat.AEDAT,
          EventFiles.aedat4(
              2 * method,
              128,
              EventFiles.packet(0, compressor, some),
              EventFiles.packet(1, compressor, frame),
              EventFiles.packet(0, compressor, last)));
      assertThat(events)
          .hasSize(3001)
          .contains("1600000000000020 1 9 1", "1600000000060001 127 0 1");
      assertThat(found).isEqualTo(new EventsRead(3001, false));
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void faultsOfAedat4AreToldAtTheirPacket() throws IOException {
    byte[] start = EventFiles.aedat4(0, 128);
    byte[] first = EventFiles.packet(0, NONE, new long[] {5, 1, 1, 1}, new long[] {6, 128, -3, 1});
    byte[] back = EventFiles.packet(0, NONE, new long[] {4, 1, 1, 1});
    byte[] whole = EventFiles.join(start, first, back, first);
    int cut = whole.length - 5;
    read(EventFormat.AEDAT, Arrays.copyOf(whole, cut));
    assertThat(events).containsExactly("5 1 1 1");
    int second = start.length + first.length;
    int third = second + back.length;
    assertThat(faults)
        .containsExactly(
            "byte "
                + third
                + ": truncated last packet: "
                + (first.length - 13)
                + " of its "
                + (first.length - 8)
                + " bytes are there",
            "byte "
                + start.length
                + ": 1 events outside 128x128 pixels, the first at x = 128, y = -3",
            "byte " + second + ": 1 events go back in time");
    assertThat(found).isEqualTo(new EventsRead(4, true));
  }

  @Test
  void aedat4OfOtherCamerasAndDamagedOneIsRefused() throws IOException {
    byte[] packet = EventFiles.packet(0, NONE, new long[] {5, 1, 1, 1});
    assertRefused(
        EventFormat.AEDAT,
        EventFiles.aedat4(0, 346, packet),
        "its camera has 346x346 pixels, needed is one of 128x128");
    assertRefused(
        EventFormat.AEDAT,
        EventFiles.aedat4(0, 128, packet, EventFiles.packet(3, NONE, new long[] {5, 1, 1, 1})),
        "the events of several cameras, streams 0 and 3");
    byte[] header = EventFiles.aedat4(1, 128);
    assertRefused(
        EventFormat.AEDAT,
        EventFiles.aedat4(1, 128, packet),
        "damaged packet at byte " + header.length);
    assertRefused(EventFormat.AEDAT, EventFiles.aedat4(9, 128), "compression 9 is unknown");
    assertRefused(EventFormat.AEDAT, Arrays.copyOf(header, 60), "it ends within its header");
    byte[] zeros = new byte[1 << 20];
    assertRefused(
        EventFormat.AEDAT,
        EventFiles.aedat4(
            3, 128, EventFiles.packet(0, ZstdOutputStream::new, EventFiles.join(start(), zeros))),
        "bytes when decompressed");
  }

  private static byte[] start() {
    return "\0\0\0\0\0\0\0\0EVTS".getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aRealRecordingOfAedat4HasTheEventsThatItsOwnTableCounts() throws IOException {
    java.nio.file.Path file =
        java.nio.file.Path.of(RealData.path("dvsgesture/other_aedat/sample.aedat4").toString());
    long[] count = new long[1];
    try (InputStream in = Files.newInputStream(file)) {
      int version = "#!AER-DAT4.0\r\n".length();
      in.skipNBytes(version);
      assertThatThrownBy(
              () -> new Aedat4Reader(in, "sample", version, 128, NOBODY, this::fault).read())
          .hasMessageContaining("its camera has 320x240 pixels");
    }
    byte[] content = Files.readAllBytes(file);
    // So that it does not say that it is of 320x240 pixels.
    int at = indexOf(content, "sizeX");
    content[at] = 'S';
    content[indexOf(content, "sizeY")] = 'S';
    EventsRead read =
        new Aedat4Reader(
                new ByteArrayInputStream(content, 14, content.length),
                "sample",
                14,
                320,
                (time, x, y, polarity) -> count[0]++,
                this::fault)
            .read();
    assertThat(read).isEqualTo(new EventsRead(111_954, false));
    assertThat(count[0]).isEqualTo(111_954);
  }

  @Test
  void nMnistHasAStepOfTimeWhereNoPixelIs() throws IOException {
    read(
        EventFormat.NMNIST,
        new byte[] {
          33, 0, (byte) 0x80, 0, 9, 0, (byte) 240, 0, 0, 0, 1, 2, 0, 0, 10, 34, 2, 0, 0, 9
        });
    assertThat(events).containsExactly("9 33 0 1", "8202 1 2 0");
    assertThat(faults)
        .containsExactly("byte 15: 1 events outside 34x34 pixels, the first at x = 34, y = 2");
    assertThat(found).isEqualTo(new EventsRead(3, false));
  }

  private void assertRefused(EventFormat format, byte[] content, String... reasons) {
    assertThatThrownBy(() -> read(format, content))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("some.file")
        .hasMessageContainingAll(reasons);
    events.clear();
  }

  @Override
  void read(EventFormat format, byte[] content) throws IOException {
    read(format, UNSAID, content);
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
