package org.sparksbp.aedat;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sparksbp.aedat.NpyLayout.TimeUnit;
import org.sparksbp.storage.InvalidInputException;

/**
 * Reads a clip from HDF5: one-dimensional data sets x, y, p and t in the group {@code events} or in
 * the root, or {@code events} itself as a compound data set of them. Times are in the unit that an
 * attribute says, else in us, or in s where they are real numbers.
 */
final class Hdf5Events {

  /** Numbers compress; beyond this many bytes for one of the file, none of a camera do. */
  private static final int MOST_EXPANSION = 32;

  private static final long MOST_OF_SMALL_FILES = 1 << 24;

  private static final String EVENTS = "events";
  private static final List<String> UNIT_NAMES = List.of("unit", "units", "time_unit", "timeunit");
  private static final Map<String, TimeUnit> UNITS =
      Map.ofEntries(
          Map.entry("us", TimeUnit.US),
          Map.entry("\u00b5s", TimeUnit.US),
          Map.entry("\u03bcs", TimeUnit.US),
          Map.entry("usec", TimeUnit.US),
          Map.entry("microsecond", TimeUnit.US),
          Map.entry("microseconds", TimeUnit.US),
          Map.entry("ms", TimeUnit.MS),
          Map.entry("msec", TimeUnit.MS),
          Map.entry("millisecond", TimeUnit.MS),
          Map.entry("milliseconds", TimeUnit.MS),
          Map.entry("s", TimeUnit.S),
          Map.entry("sec", TimeUnit.S),
          Map.entry("second", TimeUnit.S),
          Map.entry("seconds", TimeUnit.S));

  private final String what;
  private final long mostBytes;

  private Hdf5Events(String what, long fileBytes) {
    this.what = what;
    this.mostBytes = Math.max(MOST_OF_SMALL_FILES, MOST_EXPANSION * fileBytes);
  }

  static EventsRead read(
      InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults)
      throws IOException {
    String what = "HDF5 file " + file;
    byte[] content = ColumnEvents.content(in, file);
    Hdf5Events reader = new Hdf5Events(what, content.length);
    List<HdfColumn> columns = reader.tried(() -> reader.columns(content));
    HdfColumn times = columns.get(3);
    EventNumbers numbers =
        new EventNumbers(
            what,
            layout.unit() != null ? layout.unit() : times.unit(),
            "event",
            "its data set of polarities holds something else",
            events,
            faults);
    return ColumnEvents.read(what, columns, numbers, faults);
  }

  /** The library tells damage by exceptions of many types, also by running out of stack. */
  private <T> T tried(Callable<T> reading) throws IOException {
    try {
      return reading.call();
    } catch (InvalidInputException e) {
      throw e;
    } catch (Exception | StackOverflowError e) {
      throw new InvalidInputException(
          "Invalid "
              + what
              + ": it is no HDF5, damaged or of a form that cannot be read ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private List<HdfColumn> columns(byte[] content) throws IOException {
    try (HdfFile file = HdfFile.fromBytes(content)) {
      Node events = child(file, EVENTS);
      if (events instanceof Dataset compound && compound.isCompound()) {
        return ofCompound(compound);
      }
      return ofGroup(events instanceof Group group ? group : file);
    }
  }

  /** A child by its name in any case; a link may lead out of the file, so is none. */
  private Node child(Group group, String name) throws InvalidInputException {
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      if (child.getKey().equalsIgnoreCase(name)) {
        if (child.getValue().isLink()) {
          throw new InvalidInputException(
              "Invalid " + what + ": " + child.getKey() + " is a link; copy the data themselves");
        }
        return child.getValue();
      }
    }
    return null;
  }

  private List<HdfColumn> ofGroup(Group group) throws IOException {
    List<Dataset> found = new ArrayList<>();
    long bytes = 0;
    for (List<String> names : NumberColumn.NAMES) {
      Dataset column = null;
      for (String name : names) {
        if (column == null && child(group, name) instanceof Dataset dataset) {
          column = dataset;
        }
      }
      if (column == null) {
        throw missing(group.getPath(), String.join(", ", group.getChildren().keySet()));
      }
      if (column.getDimensionsAsLong().length != 1) {
        throw new InvalidInputException(
            "Invalid " + what + ": " + column.getPath() + " has not one dimension");
      }
      bytes += checkedBytes(column);
      found.add(column);
    }
    checkBytes(bytes);
    List<HdfColumn> columns = new ArrayList<>();
    for (Dataset column : found) {
      columns.add(new HdfColumn(column.getPath(), column.getData(), unit(column, group), what));
    }
    return columns;
  }

  private List<HdfColumn> ofCompound(Dataset compound) throws IOException {
    checkBytes(checkedBytes(compound));
    if (!(compound.getData() instanceof Map<?, ?> fields)) {
      throw missing(compound.getPath(), "something else");
    }
    TimeUnit unit = unit(compound, compound.getParent());
    List<HdfColumn> columns = new ArrayList<>();
    for (List<String> names : NumberColumn.NAMES) {
      Object column = null;
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        if (names.contains(String.valueOf(field.getKey()).toLowerCase(Locale.ROOT))) {
          column = field.getValue();
        }
      }
      if (column == null) {
        throw missing(
            compound.getPath(),
            fields.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
      }
      columns.add(new HdfColumn(compound.getPath(), column, unit, what));
    }
    return columns;
  }

  private long checkedBytes(Dataset column) throws IOException {
    long bytes = column.getSizeInBytes();
    if (column instanceof ChunkedDataset chunked) {
      // A part is decompressed as a whole, however few of its values are there.
      long part = column.getDataType().getSize();
      for (int length : chunked.getChunkDimensions()) {
        part = Math.multiplyExact(part, length);
      }
      bytes = Math.max(bytes, part);
    }
    return bytes < 0 || bytes > mostBytes ? mostBytes + 1 : bytes;
  }

  private void checkBytes(long bytes) throws InvalidInputException {
    if (bytes > mostBytes) {
      throw new InvalidInputException(
          "Cannot read "
              + what
              + ": its events take "
              + bytes
              + " bytes, which is more than events compress to its size");
    }
  }

  private InvalidInputException missing(String path, String there) {
    return new InvalidInputException(
        "Invalid "
            + what
            + ": needed are "
            + NumberColumn.WANTED
            + " in a group or compound data set 'events' or in the root, but "
            + path
            + " has "
            + (there.isEmpty() ? "none" : there));
  }

  /** What an attribute of the data set or of its group says, or null. */
  private TimeUnit unit(Dataset column, Group group) throws InvalidInputException {
    for (Node node : List.of(column, group)) {
      for (Map.Entry<String, Attribute> attribute : node.getAttributes().entrySet()) {
        if (UNIT_NAMES.contains(attribute.getKey().toLowerCase(Locale.ROOT))) {
          String said = String.valueOf(attribute.getValue().getData());
          TimeUnit unit = UNITS.get(said.strip().toLowerCase(Locale.ROOT));
          if (unit == null) {
            throw new InvalidInputException(
                "Invalid "
                    + what
                    + ": its times are in '"
                    + said
                    + "' by the attribute "
                    + attribute.getKey()
                    + "; they must be in us, ms or s");
          }
          return unit;
        }
      }
    }
    return null;
  }
}
