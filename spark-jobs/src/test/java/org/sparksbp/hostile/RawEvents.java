package org.sparksbp.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small recordings. */
final class RawEvents {

  private RawEvents() {}

  /** Two packets of events and one of another kind. */
  static byte[] aedat() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        "#!AER-DAT3.1\r\n#Format: RAW\r\n#!END-HEADER\r\n".getBytes(StandardCharsets.US_ASCII));
    for (int packet = 0; packet < 3; packet++) {
      ByteBuffer bytes = ByteBuffer.allocate(28 + 4 * 8).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putShort((short) (packet == 1 ? 2 : 1)).putShort((short) 0);
      bytes.putInt(8).putInt(4).putInt(0).putInt(4).putInt(4).putInt(4);
      for (int event = 0; event < 4; event++) {
        bytes.putInt(event << 17 | 5 << 2 | 2 | 1).putInt(1000 * packet + event);
      }
      out.writeBytes(bytes.array());
    }
    return out.toByteArray();
  }

  /** Of plain numbers row by row and column by column, and with named fields. */
  static List<byte[]> npy() {
    ByteBuffer plain = ByteBuffer.allocate(3 * 4 * 8).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer columns = ByteBuffer.allocate(3 * 4 * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : new double[] {0, 1, 2, 9, 9, 9, 1, 1, 1, 0, 100, 200}) {
      columns.putDouble(number);
    }
    ByteBuffer named = ByteBuffer.allocate(3 * 13).order(ByteOrder.LITTLE_ENDIAN);
    for (int event = 0; event < 3; event++) {
      plain.putDouble(event).putDouble(9).putDouble(1).putDouble(100 * event);
      named.putShort((short) event).putShort((short) 9).putLong(100 * event).put((byte) 1);
    }
    return List.of(
        npy("'<f8'", "(3, 4)", plain.array()),
        npy("'<f8'", "(4, 3)", columns.array()),
        npy("[('x', '<i2'), ('y', '<i2'), ('t', '<i8'), ('p', '|b1')]", "(3,)", named.array()));
  }

  /** Three events as columns, some of them compressed. */
  static byte[] npz() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String column : List.of("x", "y", "p", "t")) {
        zip.putNextEntry(new ZipEntry(column + ".npy"));
        zip.setLevel(column.compareTo("t") < 0 ? 0 : 6);
        ByteBuffer numbers = ByteBuffer.allocate(3 * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int event = 0; event < 3; event++) {
          numbers.putLong(column.equals("t") ? 100 * event : column.equals("p") ? 1 : event);
        }
        zip.write(npy("'<i8'", "(3,)", numbers.array()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] npy(String type, String shape, byte[] content) {
    String header =
        "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + ", }          \n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(header.length() & 0xff);
    out.write(header.length() >>> 8);
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(content);
    return out.toByteArray();
  }
}
