package org.sparksbp.aedat;

import com.google.flatbuffers.FlatBufferBuilder;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of events as other programs write them, made without the readers' own code. */
public final class EventFiles {

  /** Turns a stream into one that compresses. */
  public interface Compressor {
    OutputStream over(OutputStream out) throws IOException;
  }

  private EventFiles() {}

  /** A one-dimensional array of 64-bit whole numbers as NumPy saves it. */
  public static byte[] npy(long... values) {
    ByteBuffer rows = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      rows.putLong(value);
    }
    return npy("'<i8'", "(" + values.length + ",)", rows.array());
  }

  static byte[] npy(String descr, String shape, byte[] rows) {
    return npy(descr, "False", shape, rows);
  }

  static byte[] npy(String descr, String fortranOrder, String shape, byte[] content) {
    String header =
        String.format(
            "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n", descr, fortranOrder, shape);
    ByteBuffer start = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    start.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    start.put((byte) 1).put((byte) 0).putShort((short) header.length());
    return join(start.array(), header.getBytes(StandardCharsets.US_ASCII), content);
  }

  /** A zip of arrays as {@code numpy.savez} makes it of {@code t, x, y, p}. */
  public static byte[] npz(int method, long[] t, long[] x, long[] y, long[] p) throws IOException {
    return zip(method, "t.npy", npy(t), "x.npy", npy(x), "y.npy", npy(y), "p.npy", npy(p));
  }

  /** A zip of names and contents in turn. */
  static byte[] zip(int method, Object... members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < members.length; i += 2) {
        byte[] content = (byte[]) members[i + 1];
        ZipEntry entry = new ZipEntry((String) members[i]);
        entry.setMethod(method);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** An HDF5 file of what is put into it. */
  public static byte[] hdf5(Consumer<WritableHdfFile> content) throws IOException {
    Path file = Files.createTempFile("events-", ".hdf5");
    try {
      try (WritableHdfFile hdf = HdfFile.write(file)) {
        content.accept(hdf);
      }
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  /**
   * An AEDAT 4 recording without a table behind its packets.
   *
   * @param compression its number in the format
   * @param side pixels of the camera that it says to be from
   */
  public static byte[] aedat4(int compression, int side, byte[]... packets) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int text =
        builder.createString(
            "<dv><attr key=\"typeIdentifier\" type=\"string\">EVTS</attr><attr key=\"sizeX\""
                + " type=\"int\">"
                + side
                + "</attr><attr key=\"sizeY\" type=\"int\">"
                + side
                + "</attr></dv>");
    builder.startTable(3);
    builder.addInt(0, compression, 0);
    builder.addLong(1, -1, -1);
    builder.addOffset(2, text, 0);
    builder.finishSizePrefixed(builder.endTable(), "IOHE");
    return join(
        "#!AER-DAT4.0\r\n".getBytes(StandardCharsets.US_ASCII),
        builder.sizedByteArray(),
        join(packets));
  }

  /**
   * A packet of events.
   *
   * @param events time, x, y and polarity of each
   */
  public static byte[] packet(int stream, Compressor compressor, long[]... events)
      throws IOException {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    builder.startVector(16, events.length, 8);
    for (int i = events.length - 1; i >= 0; i--) {
      builder.prep(8, 16);
      builder.pad(3);
      builder.putBoolean(events[i][3] > 0);
      builder.putShort((short) events[i][2]);
      builder.putShort((short) events[i][1]);
      builder.putLong(events[i][0]);
    }
    int elements = builder.endVector();
    builder.startTable(1);
    builder.addOffset(0, elements, 0);
    builder.finishSizePrefixed(builder.endTable(), "EVTS");
    return packet(stream, compressor, builder.sizedByteArray());
  }

  static byte[] packet(int stream, Compressor compressor, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compressor.over(bytes)) {
      out.write(content);
    }
    ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return join(header.putInt(stream).putInt(bytes.size()).array(), bytes.toByteArray());
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
