package org.sparksbp.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.sparksbp.checkpoint.MemoryFile;
import org.sparksbp.learner.WorkerMemory;

/**
 * The workers' memories from round to round. They stay on the workers; a lost one is computed again
 * from the last files on, so the parameters of all rounds since then are held until the next files
 * are written.
 */
final class MemoryChain {

  /** Rounds after which memories are written to files, so that a loss costs no more than these. */
  static final int LONGEST = 25;

  private final JavaSparkContext spark;
  private final int workers;
  private JavaRDD<WorkerMemory> memories;
  private JavaRDD<WorkerResult> latest;
  private int length;
  private final List<Broadcast<float[]>> held = new ArrayList<>();

  /** Begins with empty memories. */
  MemoryChain(JavaSparkContext spark, int workers) {
    this.spark = spark;
    this.workers = workers;
    this.memories = numbers().map(worker -> WorkerMemory.EMPTY);
  }

  /** One memory a partition, in the order of the workers. */
  JavaRDD<WorkerMemory> memories() {
    return memories;
  }

  /** Goes on with the memories that a round has left. */
  void advance(JavaRDD<WorkerResult> results, Broadcast<float[]> parameters) {
    releaseLatest();
    latest = results;
    memories = results.map(WorkerResult::memory);
    held.add(parameters);
    length++;
  }

  boolean isLong() {
    return length >= LONGEST;
  }

  /** Writes the memories to files {@code memory-00000} and so on. */
  void write(Path folder) {
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    String target = folder.toString();
    memories
        .mapPartitionsWithIndex(
            (worker, memory) -> {
              MemoryFile.write(
                  hadoop.value(),
                  MemoryFile.of(new Path(target), worker),
                  TaskContext.get().taskAttemptId(),
                  memory.next());
              return List.of(worker).iterator();
            },
            true)
        .count();
  }

  /** Goes on from files; they must stay until the next call. */
  void readFrom(Path folder) {
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    String source = folder.toString();
    JavaRDD<WorkerMemory> read = numbers().map(worker -> readOne(hadoop, source, worker));
    releaseLatest();
    held.forEach(parameters -> parameters.destroy());
    held.clear();
    memories = read;
    length = 0;
  }

  /** Forgets everything. */
  void close() {
    releaseLatest();
    held.forEach(parameters -> parameters.destroy());
    held.clear();
  }

  static StorageLevel storageLevel() {
    return StorageLevel.MEMORY_AND_DISK();
  }

  private static WorkerMemory readOne(SerializableConfiguration hadoop, String folder, int worker)
      throws IOException {
    Configuration configuration = hadoop.value();
    return MemoryFile.read(configuration, MemoryFile.of(new Path(folder), worker));
  }

  private JavaRDD<Integer> numbers() {
    return spark.parallelize(IntStream.range(0, workers).boxed().toList(), workers);
  }

  private void releaseLatest() {
    if (latest != null) {
      latest.unpersist(false);
      latest = null;
    }
  }
}
