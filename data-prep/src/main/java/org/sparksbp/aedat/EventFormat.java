package org.sparksbp.aedat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** The containers that can be read. */
public enum EventFormat {
  /** A recording, {@code .aedat}. */
  AEDAT_3_1(".aedat") {
    @Override
    public EventsRead read(
        InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults)
        throws IOException {
      return new AedatReader(in, file, events, faults).read();
    }

    @Override
    public void checkHeader(InputStream in, String file) throws IOException {
      AedatReader.checkHeader(in, file);
    }
  },
  /** Five bytes an event, {@code .bs2}. */
  BS2(".bs2") {
    @Override
    public EventsRead read(
        InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults)
        throws IOException {
      return new Bs2Reader(in, events, faults).read();
    }
  },
  /** A NumPy array with columns x, y, polarity and time, {@code .npy}. */
  NPY(".npy") {
    @Override
    public EventsRead read(
        InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults)
        throws IOException {
      return new NpyEventReader(in, file, layout, events, faults).read();
    }
  };

  /** Pixels on a side of the DVS128 camera. */
  public static final int SENSOR_SIDE = 128;

  private final String suffix;

  EventFormat(String suffix) {
    this.suffix = suffix;
  }

  /** The format that a file's name, without {@code .gz}, stands for, in upper or lower case. */
  public static Optional<EventFormat> ofName(String name) {
    for (EventFormat format : values()) {
      // AEDAT 4 ends in .aedat4 and is refused by the reader, with the reason.
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.endsWith(format.suffix) || (format == AEDAT_3_1 && lower.endsWith(".aedat4"))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** A file's name without this format's suffix. */
  public String baseName(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /**
   * Checks, where the format has a version, that it is the one that can be read.
   *
   * @throws org.sparksbp.storage.InvalidInputException if not; the message says what the file is
   */
  public void checkHeader(InputStream in, String file) throws IOException {}

  /**
   * Reads all events of a file in their order.
   *
   * @param in the content; not closed
   * @param file path, for messages
   * @param layout of NumPy arrays; other formats have but one
   * @return how many events the file has
   * @throws org.sparksbp.storage.InvalidInputException if the file is not of this format or broken
   *     beyond what skipping can mend
   */
  public abstract EventsRead read(
      InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults)
      throws IOException;
}
