package org.sparksbp.shard;

import org.apache.parquet.io.api.PrimitiveConverter;

/** Keeps the number of the current row. */
final class NumberConverter extends PrimitiveConverter {

  private int value;

  int value() {
    return value;
  }

  @Override
  public void addInt(int number) {
    value = number;
  }
}
