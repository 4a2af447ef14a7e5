package org.sparksbp.shard;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * From the number of a shard to its rows by position; runs on executors.
 *
 * @param <T> what is read of a row
 */
final class ShardPartitions<T> implements PairFlatMapFunction<Integer, Long, T> {
  private static final long serialVersionUID = 1L;

  /** Broadcast, as some thousand settings take longer to read in every task than a small shard. */
  private final Broadcast<SerializableConfiguration> hadoop;

  private final String folder;
  private final ArrayList<ShardEntry> shards;
  private final Rows<T> rows;
  private final long end;

  /** Makes what reads rows, where they are read. */
  @FunctionalInterface
  interface Rows<T> extends Serializable {
    ReadSupport<T> readSupport();
  }

  /**
   * @param end position behind the last sample that is wanted
   */
  ShardPartitions(
      Broadcast<SerializableConfiguration> hadoop,
      String folder,
      List<ShardEntry> shards,
      Rows<T> rows,
      long end) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.shards = new ArrayList<>(shards);
    this.rows = rows;
    this.end = end;
  }

  @Override
  public Iterator<Tuple2<Long, T>> call(Integer number) throws IOException {
    ShardReader<T> reader =
        new ShardReader<>(
            hadoop.value().value(), new Path(folder), shards.get(number), rows.readSupport());
    TaskContext task = TaskContext.get();
    if (task != null) {
      // A consumer that stops early (take, an error) must not leak the open file.
      task.addTaskCompletionListener((TaskCompletionListener) done -> reader.closeQuietly());
    }
    return new Positioned<>(reader, firstPosition(number), end);
  }

  private long firstPosition(int number) {
    long position = 0;
    for (ShardEntry before : shards.subList(0, number)) {
      position += before.rows();
    }
    return position;
  }

  private static final class Positioned<T> implements Iterator<Tuple2<Long, T>> {
    private final ShardReader<T> reader;
    private final long end;
    private long position;

    Positioned(ShardReader<T> reader, long position, long end) {
      this.reader = reader;
      this.end = end;
      this.position = position;
    }

    @Override
    public boolean hasNext() {
      return position < end && reader.hasNext();
    }

    @Override
    public Tuple2<Long, T> next() {
      return new Tuple2<>(position++, reader.next());
    }
  }
}
