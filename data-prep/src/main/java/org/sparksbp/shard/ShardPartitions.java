package org.sparksbp.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.sparksbp.spike.Sample;
import scala.Tuple2;

/** From the number of a shard to its samples by position; runs on executors. */
final class ShardPartitions implements PairFlatMapFunction<Integer, Long, Sample> {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration hadoop;
  private final String folder;
  private final ArrayList<ShardEntry> shards;
  private final int outputs;
  private final long end;

  /**
   * @param end position behind the last sample that is wanted
   */
  ShardPartitions(
      SerializableConfiguration hadoop,
      String folder,
      List<ShardEntry> shards,
      int outputs,
      long end) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.shards = new ArrayList<>(shards);
    this.outputs = outputs;
    this.end = end;
  }

  @Override
  public Iterator<Tuple2<Long, Sample>> call(Integer number) throws IOException {
    ShardReader reader =
        new ShardReader(hadoop.value(), new Path(folder), shards.get(number), outputs);
    TaskContext task = TaskContext.get();
    if (task != null) {
      // A consumer that stops early (take, an error) must not leak the open file.
      task.addTaskCompletionListener((TaskCompletionListener) done -> reader.closeQuietly());
    }
    return new Positioned(reader, firstPosition(number), end);
  }

  private long firstPosition(int number) {
    long position = 0;
    for (ShardEntry before : shards.subList(0, number)) {
      position += before.rows();
    }
    return position;
  }

  private static final class Positioned implements Iterator<Tuple2<Long, Sample>> {
    private final ShardReader reader;
    private final long end;
    private long position;

    Positioned(ShardReader reader, long position, long end) {
      this.reader = reader;
      this.end = end;
      this.position = position;
    }

    @Override
    public boolean hasNext() {
      return position < end && reader.hasNext();
    }

    @Override
    public Tuple2<Long, Sample> next() {
      return new Tuple2<>(position++, reader.next());
    }
  }
}
