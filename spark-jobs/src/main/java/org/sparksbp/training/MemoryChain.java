package org.sparksbp.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.sparksbp.checkpoint.MemoryFile;
import org.sparksbp.learner.WorkerMemory;

/**
 * The workers' memories from job to job. They stay on the workers; a lost one is computed again
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
  private String heldHere;
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

  /**
   * Goes on with the memories that a stretch of rounds has left in this process, which cannot lose
   * them.
   *
   * @param stretch that {@link HeldMemories} knows them by
   */
  void goOnWithHeld(String stretch) {
    release();
    heldHere = stretch;
    memories = numbers().map(worker -> HeldMemories.of(stretch, worker));
    length = 0;
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
                  hadoop.value(), MemoryFile.of(new Path(target), worker), memory.next());
              return List.of(worker).iterator();
            },
            true)
        .count();
  }

  /**
   * Goes on from files; they must stay until the next call. What this process holds is not read
   * again.
   */
  void readFrom(Path folder) {
    if (heldHere != null && length == 0) {
      return;
    }
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    String source = folder.toString();
    release();
    memories = numbers().map(worker -> readOne(hadoop, source, worker));
    length = 0;
  }

  /** Forgets everything. */
  void close() {
    release();
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

  private void release() {
    releaseLatest();
    held.forEach(parameters -> parameters.destroy());
    held.clear();
    if (heldHere != null) {
      HeldMemories.release(heldHere);
      heldHere = null;
    }
  }

  private void releaseLatest() {
    if (latest != null) {
      latest.unpersist(false);
      latest = null;
    }
  }
}
