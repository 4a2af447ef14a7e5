package org.sparksbp.aedat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.sparksbp.aedat.NpyLayout.TimeUnit;
import org.sparksbp.npy.InvalidNpyException;
import org.sparksbp.npy.NpyHeader;
import org.sparksbp.npy.NumberType;
import org.sparksbp.storage.InvalidInputException;

/**
 * Reads a clip from a zip of one-dimensional NumPy arrays, stored or deflated, as the library
 * SpikingJelly has them: x, y, p, and t in us.
 */
final class NpzEvents {

  private NpzEvents() {}

  static EventsRead read(
      InputStream in, String file, NpyLayout layout, EventVisitor events, FaultVisitor faults)
      throws IOException {
    String what = "NumPy archive " + file;
    byte[] content = ColumnEvents.content(in, file);
    try (ZipFile zip = open(content, what)) {
      List<NumberColumn> columns = new ArrayList<>();
      for (List<String> names : NumberColumn.NAMES) {
        columns.add(new Column(zip, entry(zip, names, what), what));
      }
      EventNumbers numbers =
          new EventNumbers(
              what,
              layout.unitOr(TimeUnit.US),
              "event",
              "its array of polarities holds something else",
              events,
              faults);
      return ColumnEvents.read(what, columns, numbers, faults);
    }
  }

  private static ZipFile open(byte[] content, String what) throws IOException {
    try {
      return new ZipFile(new SeekableInMemoryByteChannel(content));
    } catch (IOException | RuntimeException e) {
      throw new InvalidInputException(
          "Invalid " + what + ": it is no zip, or not all of one (" + e.getMessage() + ")", e);
    }
  }

  private static ZipArchiveEntry entry(ZipFile zip, List<String> names, String what)
      throws InvalidInputException {
    for (String name : names) {
      ZipArchiveEntry entry = zip.getEntry(name + ".npy");
      if (entry != null) {
        return entry;
      }
    }
    String there =
        Collections.list(zip.getEntries()).stream()
            .limit(8)
            .map(entry -> entry.getName().replaceFirst("\\.npy$", ""))
            .collect(Collectors.joining(", "));
    throw new InvalidInputException(
        "Invalid "
            + what
            + ": needed are "
            + NumberColumn.WANTED
            + ", but it has "
            + (there.isEmpty() ? "none" : there)
            + "; give the folder of clips of events");
  }

  /** An array of the archive, decompressed as it is read. */
  private static final class Column implements NumberColumn {

    private final String what;
    private final CRC32 sum = new CRC32();
    private final long expectedSum;
    private final InputStream in;
    private final NumberType type;
    private final long length;
    private byte[] bytes = {};

    Column(ZipFile zip, ZipArchiveEntry entry, String archive) throws IOException {
      what = entry.getName() + " of " + archive;
      expectedSum = entry.getCrc();
      in = opened(zip, entry);
      NpyHeader header = header();
      if (!header.isPlain() || header.shape().size() != 1) {
        throw new InvalidInputException(
            "Invalid "
                + what
                + ": it is no array of one dimension, its header is "
                + header.text());
      }
      type = header.fields().get(0).type();
      length = header.shape().get(0);
    }

    private InputStream opened(ZipFile zip, ZipArchiveEntry entry) throws IOException {
      try {
        return new CheckedInputStream(new BufferedInputStream(zip.getInputStream(entry)), sum);
      } catch (IOException | RuntimeException e) {
        throw damaged(e);
      }
    }

    private NpyHeader header() throws IOException {
      try {
        return NpyHeader.read(in);
      } catch (InvalidNpyException e) {
        throw new InvalidInputException("Invalid " + what + ": " + e.getMessage(), e);
      } catch (IOException | RuntimeException e) {
        throw damaged(e);
      }
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public int read(double[] numbers, int count) throws IOException {
      if (bytes.length < count * type.bytes()) {
        bytes = new byte[count * type.bytes()];
      }
      int there = readBytes(count * type.bytes()) / type.bytes();
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      for (int i = 0; i < there; i++) {
        numbers[i] = type.get(buffer, i * type.bytes());
      }
      return there;
    }

    private int readBytes(int count) throws IOException {
      try {
        return in.readNBytes(bytes, 0, count);
      } catch (IOException | RuntimeException e) {
        throw damaged(e);
      }
    }

    /** Its end must be where the header says, and its checksum what the archive says. */
    @Override
    public void finish() throws IOException {
      byte[] one = new byte[1];
      boolean goesOn;
      try {
        goesOn = in.read(one, 0, 1) > 0;
      } catch (IOException | RuntimeException e) {
        throw damaged(e);
      }
      if (goesOn) {
        throw new InvalidInputException(
            "Invalid " + what + ": it goes on behind the " + length + " values of its header");
      }
      if (sum.getValue() != expectedSum) {
        throw new InvalidInputException(
            "Invalid " + what + ": its bytes are not those of its checksum; get the file anew");
      }
    }

    private InvalidInputException damaged(Exception cause) {
      return new InvalidInputException(
          "Invalid " + what + ": it is damaged (" + cause.getMessage() + "); get the file anew",
          cause);
    }
  }
}
