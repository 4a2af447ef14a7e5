package org.sparksbp.aedat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.sparksbp.npy.InvalidNpyException;
import org.sparksbp.npy.NpyHeader;
import org.sparksbp.npy.NpyHeader.Field;
import org.sparksbp.npy.NumberType;
import org.sparksbp.storage.InvalidInputException;

/**
 * Reads events from a NumPy array: structured, or two-dimensional with a column or a row for each
 * of x, y, polarity and time.
 */
final class NpyEventReader {

  private static final int BUFFER_ROWS = 8192;
  private static final int BUFFER_BYTES = 1 << 20;

  private final InputStream in;
  private final String file;
  private final NpyLayout layout;
  private final FaultVisitor faults;
  private final EventVisitor events;

  NpyEventReader(
      InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults) {
    this.in = in;
    this.file = file;
    this.layout = layout;
    this.faults = faults;
    this.events = events;
  }

  private EventNumbers numbers(String place) {
    return new EventNumbers(
        "NumPy file " + file,
        layout.unitOr(NpyLayout.TONIC.unit()),
        place,
        "with columns in the order "
            + layout.columns()
            + " (x, y, polarity, time) it is another one; say the right order by --npy-columns "
            + String.join(", ", NpyLayout.ORDERS),
        events,
        faults);
  }

  EventsRead read() throws IOException {
    NpyHeader header = header();
    checkShape(header);
    return header.isPlain() && !liesEventByEvent(header) ? readColumns(header) : readRows(header);
  }

  private EventsRead readRows(NpyHeader header) throws IOException {
    Columns columns = header.isPlain() ? plain(header.fields().get(0).type()) : named(header);
    int rowBytes = columns.rowBytes();
    long rowCount = events(header);
    EventNumbers numbers = numbers("byte");
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
      visit(columns, rows, whole, at, numbers);
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
      throw goesOn(rowCount);
    }
    numbers.finish(done);
    return new EventsRead(rowCount, done < rowCount);
  }

  /** The first event's time stands behind all other columns, so all of the file must be held. */
  private EventsRead readColumns(NpyHeader header) throws IOException {
    NumberType type = header.fields().get(0).type();
    long length = events(header);
    byte[] content = ColumnEvents.content(in, file);
    if (length < content.length && content.length > length * 4 * type.bytes()) {
      throw goesOn(length);
    }
    List<NpyColumn> columns =
        Stream.of("x", "y", "p", "t")
            .map(name -> new NpyColumn(content, type, layout.columns().indexOf(name), length))
            .toList();
    return ColumnEvents.read("NumPy file " + file, columns, numbers("event"), faults);
  }

  private InvalidInputException goesOn(long events) {
    return invalid(
        "it goes on behind the "
            + events
            + " events of its header; a clip has one array, write others to files of their own");
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

  private void checkShape(NpyHeader header) throws InvalidInputException {
    List<Long> shape = header.shape();
    boolean known = header.isPlain() ? shape.size() == 2 && shape.contains(4L) : shape.size() == 1;
    if (!known) {
      throw invalid(
          "its shape is neither (events, 4), (4, events) nor, of fields with names, (events,); its"
              + " header is "
              + header.text());
    }
  }

  private static boolean hasEventsFirst(NpyHeader header) {
    return header.shape().size() == 1 || header.shape().get(1) == 4;
  }

  private static long events(NpyHeader header) {
    return header.shape().get(hasEventsFirst(header) ? 0 : 1);
  }

  /** The transpose of an array that lies row by row is one that lies column by column. */
  private static boolean liesEventByEvent(NpyHeader header) {
    return hasEventsFirst(header) == (header.order() == NpyHeader.ElementOrder.ROW_BY_ROW);
  }

  private Columns plain(NumberType type) {
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

  private void visit(Columns columns, ByteBuffer rows, int count, long at, EventNumbers numbers)
      throws IOException {
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
