package org.sparksbp.aedat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.sparksbp.storage.InvalidInputException;

/** Reads clips that have their numbers in an array each. */
final class ColumnEvents {

  private static final int BUFFER_ROWS = 8192;
  private static final int MOST_BYTES = 1 << 28;

  private ColumnEvents() {}

  /** All of a file that is no stream, so must be in memory; its size bounds what that takes. */
  static byte[] content(InputStream in, String file) throws IOException {
    byte[] content = in.readNBytes(MOST_BYTES + 1);
    if (content.length > MOST_BYTES) {
      throw new InvalidInputException(
          "Cannot read "
              + file
              + ": it has more than "
              + (MOST_BYTES >> 20)
              + " MiB, which no clip has; take it out of the input, or divide it into clips");
    }
    return content;
  }

  /** Passes on the events of four columns, in the order of {@link NumberColumn#NAMES}. */
  static EventsRead read(
      String what, List<? extends NumberColumn> columns, EventNumbers events, FaultVisitor faults)
      throws IOException {
    List<Long> lengths = columns.stream().map(NumberColumn::length).toList();
    if (lengths.stream().distinct().count() > 1) {
      throw new InvalidInputException(
          "Invalid " + what + ": x, y, p and t have " + lengths + " values; get it anew");
    }
    long length = lengths.get(0);
    double[][] numbers = new double[columns.size()][BUFFER_ROWS];
    long done = 0;
    while (done < length) {
      int asked = (int) Math.min(numbers[0].length, length - done);
      int there = asked;
      for (int column = 0; column < numbers.length; column++) {
        there = Math.min(there, columns.get(column).read(numbers[column], asked));
      }
      for (int i = 0; i < there; i++) {
        events.event(done + i, numbers[0][i], numbers[1][i], numbers[2][i], numbers[3][i]);
      }
      done += there;
      if (there < asked) {
        faults.fault(
            length - done,
            "event " + done,
            "truncated: " + done + " of its " + length + " events are there");
        events.finish(done);
        return new EventsRead(length, true);
      }
    }
    for (NumberColumn column : columns) {
      column.finish();
    }
    events.finish(done);
    return new EventsRead(length, false);
  }
}
