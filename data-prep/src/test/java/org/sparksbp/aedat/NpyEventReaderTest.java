package org.sparksbp.aedat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.sparksbp.aedat.NpyLayout.TimeUnit;
import org.sparksbp.storage.InvalidInputException;

class NpyEventReaderTest extends ReadEvents {

  @Test
  void npyArraysOfFourColumnsHaveTimesInMilliseconds() throws IOException {
    read(EventFormat.NPY, doubles(3, 4, 1, 1.5, 5, 6, 0, 2));
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

  @Test
  void structuredNpyArraysAreReadByFieldName() throws IOException {
    ByteBuffer rows = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
    rows.putLong(7).putShort((short) 3).putShort((short) 4).put((byte) 1);
    read(
        EventFormat.NPY,
        EventFiles.npy(
            "[('t', '<i8'), ('y', '<i2'), ('x', '<i2'), ('p', '|b1')]", "(1,)", rows.array()));
    assertThat(events).containsExactly("7000 4 3 1");
    byte[] cut = EventFiles.npy("'<i2'", "(3, 4)", new byte[10]);
    read(EventFormat.NPY, cut);
    assertThat(faults)
        .containsExactly("byte " + (cut.length - 2) + ": truncated: 1 of its 3 events are there");
  }

  @Test
  void npyArraysThatWereTransposedAreReadColumnByColumn() throws IOException {
    byte[] columns = values(3, 5, 7, 4, 6, 8, 1, 0, 1, 1.5, 2, 2.5);
    read(EventFormat.NPY, fortran("(3, 4)", columns));
    assertThat(events).containsExactly("1500 3 4 1", "2000 5 6 0", "2500 7 8 1");
    events.clear();
    read(EventFormat.NPY, EventFiles.npy("'<f8'", "(4, 3)", columns));
    assertThat(events).containsExactly("1500 3 4 1", "2000 5 6 0", "2500 7 8 1");
    events.clear();
    byte[] otherOrder = values(1.5, 2, 2.5, 3, 5, 7, 4, 6, 8, 1, 0, 1);
    NpyLayout timesFirst = new NpyLayout("txyp", TimeUnit.MS);
    read(EventFormat.NPY, timesFirst, EventFiles.npy("'<f8'", "(4, 3)", otherOrder));
    assertThat(events).containsExactly("1500 3 4 1", "2000 5 6 0", "2500 7 8 1");
    events.clear();
    byte[] rows = values(3, 4, 1, 1.5, 5, 6, 0, 2);
    read(EventFormat.NPY, fortran("(4, 2)", rows));
    assertThat(events).containsExactly("1500 3 4 1", "2000 5 6 0");
    assertThat(faults).isEmpty();
  }

  @Test
  void npyColumnsThatEndEarlyOrGoOnAreNoticed() throws IOException {
    byte[] columns = values(3, 5, 7, 4, 6, 8, 1, 0, 1, 1.5, 2);
    read(EventFormat.NPY, fortran("(3, 4)", columns));
    assertThat(events).containsExactly("1500 3 4 1", "2000 5 6 0");
    assertThat(faults).containsExactly("event 2: truncated: 2 of its 3 events are there");
    assertThat(found).isEqualTo(new EventsRead(3, true));
    String beyondAnyFile = "(" + Long.MAX_VALUE / 2 + ", 4)";
    read(EventFormat.NPY, fortran(beyondAnyFile, columns));
    assertThat(found).isEqualTo(new EventsRead(Long.MAX_VALUE / 2, true));
    assertThatThrownBy(() -> read(EventFormat.NPY, fortran("(2, 4)", columns)))
        .hasMessageContaining("it goes on behind the 2 events of its header");
  }

  @Test
  void fieldsThatAreNoEventsAndBytesThatAlignTheOthersAreLeftOut() throws IOException {
    // As numpy.dtype(..., align=True) has it, with a field of three numbers before the time.
    String aligned =
        "[('x', '<u2'), ('y', '<u2'), ('p', '|u1'), ('', '|V3'), ('imu', '<f4', (3,)),"
            + " ('', '|V4'), ('t', '<i8')]";
    ByteBuffer rows = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (int event = 0; event < 2; event++) {
      rows.putShort((short) (3 + event)).putShort((short) 4).putInt(1 - event);
      rows.putFloat(9).putFloat(9).putFloat(9).putInt(0).putLong(7 + event);
    }
    read(EventFormat.NPY, EventFiles.npy(aligned, "(2,)", rows.array()));
    assertThat(events).containsExactly("7000 3 4 1", "8000 4 4 0");
    assertThat(faults).isEmpty();
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
    assertThatThrownBy(() -> read(EventFormat.NPY, EventFiles.npy("'<f8'", "(2, 3)", new byte[48])))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its shape is neither (events, 4), (4, events) nor");
    assertThatThrownBy(() -> read(EventFormat.NPY, EventFiles.npy("'<c8'", "(2, 4)", new byte[64])))
        .hasMessageContaining("its numbers are of type '<c8', neither whole numbers nor float32");
    byte[] nested = EventFiles.npy("[('x', '|i1'), ('when', [('t', '<i8')])]", "(1,)", new byte[9]);
    assertThatThrownBy(() -> read(EventFormat.NPY, nested))
        .hasMessageContaining("its type is not understood from \"('when', [('t', '<i8')])]");
    byte[] two = EventFiles.join(doubles(1, 2, 1, 3), doubles(1, 2, 1, 3));
    assertThatThrownBy(() -> read(EventFormat.NPY, two))
        .hasMessageContaining("it goes on behind the 1 events of its header");
    String fields = "[('x', '|i1'), ('y', '|i1'), ('p', '|i1'), ('t', '|i1')%s]";
    byte[] square = EventFiles.npy(String.format(fields, ""), "(2, 2)", new byte[16]);
    assertThatThrownBy(() -> read(EventFormat.NPY, square))
        .hasMessageContaining("of fields with names, (events,); its header is {'descr'");
    byte[] twoTimes = EventFiles.npy(String.format(fields, ", ('ts', '|i1')"), "(1,)", new byte[5]);
    assertThatThrownBy(() -> read(EventFormat.NPY, twoTimes))
        .hasMessageContaining("needs each once of the fields x, y, p and t");
    assertThatThrownBy(() -> read(EventFormat.NPY, new byte[20]))
        .hasMessage("Invalid NumPy file some.file: it does not start with \\x93NUMPY");
  }

  private static byte[] doubles(double... values) {
    return EventFiles.npy("'<f8'", "(" + values.length / 4 + ", 4)", values(values));
  }

  private static byte[] fortran(String shape, byte[] columns) {
    return EventFiles.npy("'<f8'", "True", shape, columns);
  }
}
