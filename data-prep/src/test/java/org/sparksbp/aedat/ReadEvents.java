package org.sparksbp.aedat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What a reader makes of a file: its events, its faults, and how many events these lose. */
abstract class ReadEvents {

  final List<String> events = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  EventsRead found;
  long lost;

  void read(EventFormat format, byte[] content) throws IOException {
    read(format, NpyLayout.TONIC, content);
  }

  void read(EventFormat format, NpyLayout layout, byte[] content) throws IOException {
    found =
        format.read(
            new ByteArrayInputStream(content),
            "some.file",
            layout,
            (time, x, y, polarity) -> events.add(time + " " + x + " " + y + " " + polarity),
            this::fault);
  }

  void fault(long number, String position, String reason) {
    lost += number;
    faults.add(position + ": " + reason);
  }

  static byte[] values(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }
}
