package org.sparksbp.aedat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.sparksbp.npy.InvalidNpyException;
import org.sparksbp.npy.NpyHeader;
import org.sparksbp.npy.NpyHeader.Field;
import org.sparksbp.npy.NumberType;
import org.sparksbp.storage.InvalidInputException;

/** Reads events from a NumPy array: two-dimensional with four columns, or structured. */
final class NpyEventReader {

  private static final int BUFFER_ROWS = 8192;
  private static final int BUFFER_BYTES = 1 << 20;

  private final InputStream in;
  private final String file;
  private final NpyLayout layout;
  private final FaultVisitor faults;
  private final EventNumbers numbers;

  NpyEventReader(
      InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults) {
    this.in = in;
    this.file = file;
    this.layout = layout;
    this.faults = faults;
    this.numbers =
        new EventNumbers(
            "NumPy file " + file,
            layout.unitOr(NpyLayout.TONIC.unit()),
            "byte",
            "with columns in the order "
                + layout.columns()
                + " (x, y, polarity, time) it is another one; say the right order by --npy-columns "
                + String.join(", ", NpyLayout.ORDERS),
            events,
            faults);
  }

  EventsRead read() throws IOException {
    NpyHeader header = header();
    Columns columns = columns(header);
    int rowBytes = columns.rowBytes();
    long rowCount = header.shape().get(0);
    // A header may name thousands of fields.
    int bufferRows = Math.max(1, Math.min(BUFFER_ROWS, BUFFER_BYTES / rowBytes));
    byte[] bytes = new byte[bufferRows * rowBytes];
    ByteBuffer rows = ByteBuffer.wrap(bytes);
    long at = header.bytes();
    long done = 0;
    while (done < rowCount) {
      int asked = (int) Math.min(bufferRows, rowCount - done);
      int count = in.readNBytes(bytes, 0, asked * rowBytes);
      int whole = count / rowBytes;
      visit(columns, rows, whole, at);
      done += whole;
      at += (long) whole * rowBytes;
      if (whole < asked) {
        faults.fault(
            rowCount - done,
            "byte " + at,
            "truncated: " + done + " of its " + rowCount + " events are there");
        break;
      }
    }
    if (done == rowCount && in.read() >= 0) {
      throw invalid(
          "it goes on behind the "
              + rowCount
              + " events of its header; a clip has one array, write others to files of their own");
    }
    numbers.finish(done);
    return new EventsRead(rowCount, done < rowCount);
  }

  private NpyHeader header() throws IOException {
    try {
      return NpyHeader.read(in);
    } catch (InvalidNpyException e) {
      throw new InvalidInputException("Invalid NumPy file " + file + ": " + e.getMessage(), e);
    }
  }

  /** Where the numbers of an event stand in its row. */
  private record Columns(Field x, Field y, Field polarity, Field time, int rowBytes) {}

  private Columns columns(NpyHeader header) throws InvalidInputException {
    if (header.order() == NpyHeader.ElementOrder.COLUMN_BY_COLUMN) {
      throw invalid(
          "its columns are stored one by one (fortran_order); save it in C order, by"
              + " numpy.ascontiguousarray");
    }
    int dimensions = header.shape().size();
    if (dimensions != 1 && (dimensions != 2 || !header.isPlain())) {
      throw invalid("no shape (events, 4) or (events,) in its header " + header.text());
    }
    if (!header.isPlain()) {
      return named(header);
    }
    if (dimensions != 2 || header.shape().get(1) != 4) {
      throw invalid("its second dimension must be 4: x, y, polarity, time");
    }
    NumberType type = header.fields().get(0).type();
    return new Columns(
        column("x", type),
        column("y", type),
        column("p", type),
        column("t", type),
        4 * type.bytes());
  }

  private Field column(String name, NumberType type) {
    return new Field(name, type, layout.columns().indexOf(name) * type.bytes());
  }

  private Columns named(NpyHeader header) throws InvalidInputException {
    return new Columns(
        field(header, "x"),
        field(header, "y"),
        field(header, "p", "polarity"),
        field(header, "t", "time", "ts", "timestamp"),
        header.elementBytes());
  }

  private Field field(NpyHeader header, String... names) throws InvalidInputException {
    List<String> known = List.of(names);
    List<Field> found =
        header.fields().stream().filter(field -> known.contains(field.name())).toList();
    if (found.size() != 1) {
      throw invalid(
          (found.isEmpty() ? "needs" : "needs each once of the")
              + " fields x, y, p and t, its header is "
              + header.text());
    }
    return found.get(0);
  }

  private void visit(Columns columns, ByteBuffer rows, int count, long at) throws IOException {
    for (int row = 0; row < count; row++) {
      int start = row * columns.rowBytes();
      numbers.event(
          at + start,
          number(columns.x(), rows, start),
          number(columns.y(), rows, start),
          number(columns.polarity(), rows, start),
          number(columns.time(), rows, start));
    }
  }

  private static double number(Field field, ByteBuffer rows, int start) {
    return field.type().get(rows, start + field.offset());
  }

  private InvalidInputException invalid(String reason) {
    return new InvalidInputException("Invalid NumPy file " + file + ": " + reason);
  }
}
