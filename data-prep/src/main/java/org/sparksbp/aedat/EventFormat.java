package org.sparksbp.aedat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The containers that can be read. */
public enum EventFormat {
  /** A recording of AEDAT 3.1 or 4, {@code .aedat} or {@code .aedat4}. */
  AEDAT(".aedat", ".aedat4") {
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
      return new Bs2Reader(in, SENSOR_SIDE, Bs2Reader.NO_ROW, events, faults).read();
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
  },
  /** A zip of the NumPy arrays x, y, p and t, {@code .npz}. */
  NPZ(".npz") {
    @Override
    public EventsRead read(
        InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults)
        throws IOException {
      return NpzEvents.read(in, file, layout, events, faults);
    }
  },
  /** Data sets of x, y, polarity and time in HDF5, {@code .hdf5} or {@code .h5}. */
  HDF5(".hdf5", ".h5") {
    @Override
    public EventsRead read(
        InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults)
        throws IOException {
      return Hdf5Events.read(in, file, layout, events, faults);
    }
  },
  /** Five bytes an event of N-MNIST's sensor of 34x34 pixels, {@code .bin}. */
  NMNIST(".bin") {
    @Override
    public EventsRead read(
        InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults)
        throws IOException {
      return new Bs2Reader(in, NMNIST_SIDE, Bs2Reader.NMNIST_TIME_ROW, events, faults).read();
    }
  };

  /** Pixels on a side of the DVS128 camera. */
  public static final int SENSOR_SIDE = 128;

  /** Pixels on a side of what N-MNIST shows. */
  public static final int NMNIST_SIDE = 34;

  private final List<String> suffixes;

  EventFormat(String... suffixes) {
    this.suffixes = List.of(suffixes);
  }

  /** The one of some formats that a file's name, without {@code .gz}, stands for, in any case. */
  public static Optional<EventFormat> ofName(String name, Set<EventFormat> among) {
    String lower = name.toLowerCase(Locale.ROOT);
    return among.stream()
        .filter(format -> format.suffixes.stream().anyMatch(lower::endsWith))
        .findFirst();
  }

  /** A file's name without this format's suffix. */
  public String baseName(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /**
   * Checks, where the format has a version, that it is one that can be read.
   *
   * @throws org.sparksbp.storage.InvalidInputException if not; the message says what the file is
   */
  public void checkHeader(InputStream in, String file) throws IOException {}

  /**
   * Reads all events of a file in their order.
   *
   * @param in the content; not closed
   * @param file path, for messages
   * @param layout of NumPy arrays and HDF5 data sets; other formats have but one
   * @return how many events the file has
   * @throws org.sparksbp.storage.InvalidInputException if the file is not of this format or broken
   *     beyond what skipping can mend
   */
  public abstract EventsRead read(
      InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults)
      throws IOException;
}
