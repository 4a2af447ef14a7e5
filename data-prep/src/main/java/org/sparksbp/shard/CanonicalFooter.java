package org.sparksbp.shard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * The footer of a Parquet file with the encodings of every column in the order of their numbers.
 *
 * <p>parquet-mr keeps them in a hash table of enum constants, whose order is that of identity
 * hashes: other in every process. Without this, two executors would write the same samples as
 * different bytes.
 */
final class CanonicalFooter {

  /** Length of the footer and the magic bytes, which end every Parquet file. */
  private static final int TRAILER = 8;

  private CanonicalFooter() {}

  /**
   * @param tail the end of a Parquet file, with all of its footer
   * @return the same with a canonical footer
   */
  static byte[] apply(byte[] tail) throws IOException {
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - TRAILER);
    int start = tail.length - TRAILER - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(tail, start, length));
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        List<Encoding> encodings = new ArrayList<>(column.getMeta_data().getEncodings());
        Collections.sort(encodings);
        column.getMeta_data().setEncodings(encodings);
      }
    }
    ByteArrayOutputStream canonical = new ByteArrayOutputStream(tail.length);
    canonical.write(tail, 0, start);
    Util.writeFileMetaData(footer, canonical);
    int newLength = canonical.size() - start;
    canonical.write(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(newLength).array());
    canonical.write(tail, tail.length - 4, 4);
    return canonical.toByteArray();
  }
}
