package org.sparksbp.aedat;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the "binary spikes" form of N-MNIST: x, y, then polarity in the top bit of a big-endian
 * 24-bit number whose other 23 bits are the time in us. In N-MNIST's own files what has a row
 * beyond the sensor, always the same one, is no event: times behind it are to be taken later.
 */
final class Bs2Reader {

  static final int EVENT_BYTES = 5;

  /** No row stands for anything but itself. */
  static final int NO_ROW = -1;

  /** The row that stands for a step of time in N-MNIST. */
  static final int NMNIST_TIME_ROW = 240;

  private static final int TIME_STEP = 1 << 13;

  private final InputStream in;
  private final int timeRow;
  private final ClipChecks checks;
  private final FaultVisitor faults;
  private final byte[] buffer = new byte[8192 * EVENT_BYTES];

  /**
   * @param side pixels on the sensor's
   * @param timeRow row that stands for a step of time
   */
  Bs2Reader(InputStream in, int side, int timeRow, EventVisitor events, FaultVisitor faults) {
    this.in = in;
    this.timeRow = timeRow;
    this.checks = new ClipChecks(side, "byte", events, faults);
    this.faults = faults;
  }

  EventsRead read() throws IOException {
    long at = 0;
    long later = 0;
    long steps = 0;
    boolean truncated = false;
    while (true) {
      int count = in.readNBytes(buffer, 0, buffer.length);
      int whole = count - count % EVENT_BYTES;
      for (int i = 0; i < whole; i += EVENT_BYTES) {
        int x = buffer[i] & 0xff;
        int y = buffer[i + 1] & 0xff;
        if (y == timeRow) {
          later += TIME_STEP;
          steps++;
          continue;
        }
        int high = buffer[i + 2] & 0xff;
        int time = (high & 0x7f) << 16 | (buffer[i + 3] & 0xff) << 8 | (buffer[i + 4] & 0xff);
        checks.event(at + i, later + time, x, y, high >>> 7);
      }
      if (whole < count) {
        truncated = true;
        faults.fault(
            1,
            "byte " + (at + whole),
            "truncated last event: " + (count - whole) + " of its 5 bytes are there");
      }
      at += count;
      if (count < buffer.length) {
        break;
      }
    }
    checks.finish();
    return new EventsRead((at + EVENT_BYTES - 1) / EVENT_BYTES - steps, truncated);
  }
}
