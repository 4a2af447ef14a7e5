package org.sparksbp.aedat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads events from a NumPy array: two-dimensional with four columns, or structured. */
final class NpyEventReader {

  private static final int BUFFER_ROWS = 8192;
  private static final double MICROSECONDS = 1000.0;

  private final InputStream in;
  private final String file;
  private final FaultVisitor faults;
  private final ClipChecks checks;

  NpyEventReader(InputStream in, String file, EventVisitor events, FaultVisitor faults) {
    this.in = in;
    this.file = file;
    this.faults = faults;
    this.checks = new ClipChecks(events, faults);
  }

  void read() throws IOException {
    NpyHeader header = NpyHeader.read(in, file);
    int rowBytes = header.rowBytes();
    byte[] bytes = new byte[BUFFER_ROWS * rowBytes];
    ByteBuffer rows = ByteBuffer.wrap(bytes);
    long at = header.headerBytes();
    long done = 0;
    while (done < header.rows()) {
      int asked = (int) Math.min(BUFFER_ROWS, header.rows() - done);
      int count = in.readNBytes(bytes, 0, asked * rowBytes);
      int whole = count / rowBytes;
      visit(header.fields(), rows, whole, rowBytes, at);
      done += whole;
      at += (long) whole * rowBytes;
      if (whole < asked) {
        faults.fault(
            "byte " + at, "truncated: " + done + " of its " + header.rows() + " events are there");
        break;
      }
    }
    checks.finish();
  }

  private void visit(List<NpyField> fields, ByteBuffer rows, int count, int rowBytes, long at) {
    NpyField x = fields.get(0);
    NpyField y = fields.get(1);
    NpyField polarity = fields.get(2);
    NpyField time = fields.get(3);
    for (int row = 0; row < count; row++) {
      int start = row * rowBytes;
      checks.event(
          at + start,
          Math.round(time.get(rows, start) * MICROSECONDS),
          (int) x.get(rows, start),
          (int) y.get(rows, start),
          polarity.get(rows, start) > 0 ? 1 : 0);
    }
  }
}
