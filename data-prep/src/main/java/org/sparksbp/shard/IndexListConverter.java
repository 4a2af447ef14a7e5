package org.sparksbp.shard;

import java.util.Arrays;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Keeps the current row's list of the outputs that are 1. */
final class IndexListConverter extends GroupConverter {

  private int[] indices = new int[8];
  private int count;
  private final PrimitiveConverter element =
      new PrimitiveConverter() {
        @Override
        public void addInt(int index) {
          if (count == indices.length) {
            indices = Arrays.copyOf(indices, 2 * count);
          }
          indices[count++] = index;
        }
      };
  private final GroupConverter list =
      new GroupConverter() {
        @Override
        public Converter getConverter(int field) {
          return element;
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
      };

  void clear() {
    count = 0;
  }

  float[] multiHot(int outputs) {
    float[] target = new float[outputs];
    for (int i = 0; i < count; i++) {
      if (indices[i] < 0 || indices[i] >= outputs) {
        throw new IllegalArgumentException(
            "target index " + indices[i] + " is outside the " + outputs + " outputs");
      }
      target[indices[i]] = 1f;
    }
    return target;
  }

  @Override
  public Converter getConverter(int field) {
    return list;
  }

  @Override
  public void start() {}

  @Override
  public void end() {}
}
