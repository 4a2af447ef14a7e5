package org.sparksbp.shard;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Keeps the bytes of the current row. */
final class BytesConverter extends PrimitiveConverter {

  private byte[] value;

  byte[] value() {
    return value;
  }

  @Override
  public void addBinary(Binary bytes) {
    // A copy: the page that the bytes lie in is much larger and must not be kept alive.
    value = bytes.getBytes();
  }
}
