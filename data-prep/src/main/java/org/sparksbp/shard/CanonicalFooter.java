package org.sparksbp.shard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Parquet lists a column's encodings in the order of a hash set of enum constants, which differs
 * from one virtual machine to the next. Sorted, the footer depends on the content alone.
 */
final class CanonicalFooter {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** Length of the footer and magic, behind the footer. */
  private static final int TRAILER = Integer.BYTES + 4;

  private CanonicalFooter() {}

  /**
   * The end of a Parquet file with its footer in canonical order; of the same length.
   *
   * @param end last bytes of a file; returned as they are if the file was not finished
   * @throws IOException if the footer is longer than these bytes
   */
  static byte[] of(byte[] end) throws IOException {
    if (end.length < TRAILER
        || !Arrays.equals(end, end.length - MAGIC.length, end.length, MAGIC, 0, MAGIC.length)) {
      return end;
    }
    int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt(end.length - TRAILER);
    int start = end.length - TRAILER - length;
    if (start < 0) {
      throw new IOException(
          "Cannot write shard: its footer of " + length + " bytes is longer than expected");
    }
    byte[] sorted = sorted(Arrays.copyOfRange(end, start, start + length));
    if (sorted.length != length) {
      throw new IOException("Cannot write shard: its footer changed length when it was sorted");
    }
    byte[] result = end.clone();
    System.arraycopy(sorted, 0, result, start, length);
    return result;
  }

  private static byte[] sorted(byte[] footer) throws IOException {
    FileMetaData content = Util.readFileMetaData(new ByteArrayInputStream(footer));
    for (RowGroup group : content.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        Collections.sort(column.getMeta_data().getEncodings());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(footer.length);
    Util.writeFileMetaData(content, out);
    return out.toByteArray();
  }
}
