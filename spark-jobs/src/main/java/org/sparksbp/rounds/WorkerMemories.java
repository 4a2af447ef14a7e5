package org.sparksbp.rounds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.sparksbp.checkpoint.MemoryFile;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.worker.SampleBlock;
import scala.Tuple2;

/**
 * The memories of a run's workers from one Spark job to the next. On executors a lost one is
 * computed again from the last files on, so the parameters of all rounds since then are held until
 * the next files are written; in the driver's own process none is lost.
 */
public final class WorkerMemories implements AutoCloseable {

  /** Rounds after which memories are written to files, so that a loss costs no more than these. */
  public static final int LONGEST_LINEAGE = 25;

  private final JavaSparkContext spark;
  private final int workers;

  private Place place = Place.UNKNOWN;

  /** One a partition, in the order of the workers; empty ones where there are none. */
  private JavaRDD<WorkerMemory> memories;

  /** What the last job has left, persisted until the next one has read it. */
  private Optional<JavaRDD<WorkerResult>> latest = Optional.empty();

  /** The parameters of every job since the memories that can be read again. */
  private final List<Broadcast<float[]>> lineage = new ArrayList<>();

  private boolean filesWanted;

  /** The job that has left those in this process that the lineage begins with, if it does. */
  private Optional<String> inProcess = Optional.empty();

  /** Where the memories are. */
  private enum Place {
    /** Nowhere yet; the first round shows whether the model keeps any. */
    UNKNOWN,
    /** Nowhere: the model keeps none. */
    NONE,
    /** Where the workers run, with a lineage from files or from empty ones. */
    ON_EXECUTORS,
    /** Known to {@link InProcessMemories}. */
    IN_PROCESS
  }

  /** Begins with empty memories. */
  WorkerMemories(JavaSparkContext spark, int workers) {
    this.spark = spark;
    this.workers = workers;
    this.memories = numbers().map(worker -> WorkerMemory.EMPTY);
  }

  /** Whether the model is known to keep none. */
  boolean areNone() {
    return place == Place.NONE;
  }

  /** Whether there are memories that a checkpoint must hold. */
  public boolean areKept() {
    return place == Place.ON_EXECUTORS || place == Place.IN_PROCESS;
  }

  /** Whether they should be written to files before the next round. */
  public boolean needFiles() {
    return areKept() && (filesWanted || lineage.size() >= LONGEST_LINEAGE);
  }

  /** Whether they lie on executors, where the next round is drawn to. */
  boolean holdExecutors() {
    return place == Place.ON_EXECUTORS && latest.isPresent();
  }

  /** Asks for files, which can be read on any executor. */
  void wantFiles() {
    filesWanted = true;
  }

  /** Every block with its worker's memory. */
  JavaRDD<Tuple2<SampleBlock, WorkerMemory>> besides(JavaRDD<SampleBlock> blocks) {
    return areNone()
        ? blocks.map(block -> new Tuple2<>(block, WorkerMemory.EMPTY))
        : blocks.zip(memories).map(both -> both);
  }

  /** Results of a job about to run that {@link #advance} may go on from. */
  JavaRDD<WorkerResult> keep(JavaRDD<WorkerResult> results) {
    return areNone() ? results : results.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * Goes on with the memories that a job has left on the executors.
   *
   * @param parameters that the job started from; destroyed when they are of no use any more
   * @param kept whether any worker has a memory
   */
  void advance(JavaRDD<WorkerResult> results, Broadcast<float[]> parameters, boolean kept) {
    if (areNone()) {
      parameters.destroy();
      return;
    }
    unpersistLatest();
    latest = Optional.of(results);
    memories = results.map(WorkerResult::memory);
    lineage.add(parameters);
    place = kept || areKept() ? Place.ON_EXECUTORS : Place.NONE;
    if (areNone()) {
      release();
    }
  }

  /** Goes on with the memories that a job has left in this process, if the model keeps any. */
  void goOnInProcess(String job) {
    if (areKept()) {
      release();
      inProcess = Optional.of(job);
      place = Place.IN_PROCESS;
      memories = numbers().map(worker -> InProcessMemories.of(job, worker));
    }
  }

  /** Writes the memories to files {@code memory-00000} and so on. */
  public void write(Path folder) {
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    String target = folder.toString();
    try (NamedJobs ignored = NamedJobs.of(spark, "write memories of workers")) {
      long unused =
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
  }

  /**
   * Goes on from files; they must stay until the next call. What this process has is not read
   * again.
   */
  public void readFrom(Path folder) {
    if (place == Place.IN_PROCESS) {
      return;
    }
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    String source = folder.toString();
    release();
    filesWanted = false;
    place = Place.ON_EXECUTORS;
    memories = numbers().map(worker -> readOne(hadoop, source, worker));
  }

  /** Forgets everything. */
  @Override
  public void close() {
    release();
  }

  private static WorkerMemory readOne(SerializableConfiguration hadoop, String folder, int worker)
      throws IOException {
    return MemoryFile.read(hadoop.value(), MemoryFile.of(new Path(folder), worker));
  }

  private JavaRDD<Integer> numbers() {
    return spark.parallelize(IntStream.range(0, workers).boxed().toList(), workers);
  }

  private void release() {
    unpersistLatest();
    lineage.forEach(parameters -> parameters.destroy());
    lineage.clear();
    inProcess.ifPresent(InProcessMemories::release);
    inProcess = Optional.empty();
  }

  private void unpersistLatest() {
    latest.ifPresent(results -> results.unpersist(false));
    latest = Optional.empty();
  }
}
