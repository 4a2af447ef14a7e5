package org.sparksbp.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import org.sparksbp.cluster.LiveExecutors;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.spike.Sample;
import scala.Tuple2;

/**
 * Samples that are held where the workers are, one block a worker, encoded, in files of the
 * workers' processes: the heap has those of the batches alone that are being learned.
 */
public final class SampleBlocks implements AutoCloseable {

  /** How Spark keeps which process has a block from one job to the next. */
  static final StorageLevel STORAGE = StorageLevel.MEMORY_AND_DISK();

  private static final String LOADING = "load samples";

  private final JavaPairRDD<Long, Sample> samples;
  private final SamplePlacement placement;
  private final BlockSet set;
  private final JavaRDD<SampleBlock> kept;
  private final JavaRDD<SampleBlock> blocks;
  private final Runnable beforeMaking;
  private final boolean inThisProcess;
  private boolean loaded;

  private SampleBlocks(JavaPairRDD<Long, Sample> samples, SamplePlacement placement) {
    SparkContext spark = samples.rdd().sparkContext();
    this.placement = placement;
    // Refused here already, not where the first samples come.
    SampleFile.pieceBytes(spark.conf());
    this.set = BlockSet.create();
    long count = placement.count();
    this.samples = samples.filter(positioned -> positioned._1() < count);
    this.inThisProcess = isOneProcessWithoutRetries(spark);
    if (inThisProcess) {
      this.blocks = inThisProcess(spark);
      this.kept = blocks;
      this.beforeMaking = () -> {};
      return;
    }
    try (NamedJobs ignored = NamedJobs.of(spark, LOADING)) {
      BuiltBlocks built = new BuiltBlocks(shuffled(), set, placement);
      this.kept = JavaRDD.fromRDD(built, BuiltBlocks.TAG).persist(STORAGE);
      this.blocks = JavaRDD.fromRDD(new HeldBlocks(built, set), BuiltBlocks.TAG);
      this.beforeMaking = () -> built.keepNeighboursTogether(LiveExecutors.slotsByPlace(spark));
    }
  }

  /**
   * Deals the first samples out in turn: position p goes to worker {@code p % workers}.
   *
   * @param count samples used, those at positions below it
   */
  public static SampleBlocks dealt(JavaPairRDD<Long, Sample> samples, long count, int workers) {
    return new SampleBlocks(samples, SamplePlacement.dealt(count, workers));
  }

  /**
   * Cuts the samples into runs of neighbours, their number a matter of the count alone.
   *
   * @param count all samples
   */
  public static SampleBlocks cut(JavaPairRDD<Long, Sample> samples, long count) {
    return new SampleBlocks(samples, SamplePlacement.cut(count));
  }

  /** Samples that a worker gets when {@code count} are dealt out in turn. */
  public static long dealtSize(int worker, long count, int workers) {
    return SamplePlacement.dealtSize(worker, count, workers);
  }

  /** All samples as the block of a single worker. */
  public static SampleBlock local(List<Sample> samples) {
    return new SampleBlock(0, samples);
  }

  /** The blocks of {@link #cut}, in this process. */
  public static List<SampleBlock> localCut(List<Sample> samples) {
    SamplePlacement cut = SamplePlacement.cut(samples.size());
    List<SampleBlock> blocks = new ArrayList<>();
    int from = 0;
    for (int number = 0; number < cut.numPartitions(); number++) {
      int to = from + (int) cut.size(number);
      blocks.add(new SampleBlock(number, samples.subList(from, to)));
      from = to;
    }
    return blocks;
  }

  /**
   * Loads the samples where all of Spark is this process; elsewhere the first job that needs them
   * does. To be called before every job; all calls but the first do nothing.
   */
  public synchronized void load() {
    if (loaded) {
      return;
    }
    beforeMaking.run();
    if (inThisProcess) {
      BlockSet here = set;
      SamplePlacement places = placement;
      try (NamedJobs ignored = NamedJobs.of(samples.context(), LOADING)) {
        samples.foreachPartition(
            part ->
                new PackedSamples(part, places::worker)
                    .forEachRemaining(record -> here.here().add(places, record._1(), record._2())));
      }
    }
    loaded = true;
  }

  /** One block a partition; see {@link #load}. */
  public JavaRDD<SampleBlock> rdd() {
    return blocks;
  }

  /** Where the blocks lie. */
  public BlockPlacement placement() {
    return new BlockPlacement(blocks.context(), kept, beforeMaking);
  }

  /** What a process has that holds none of the blocks, for tests. */
  void forgetHere() {
    ResidentBlocks.release(set.number());
  }

  /** Gives the blocks up. No job must use them any more. */
  @Override
  public void close() {
    kept.unpersist(false);
    set.close();
  }

  /** Without a shuffle, which takes longer than all the rest. */
  private JavaRDD<SampleBlock> inThisProcess(SparkContext spark) {
    BlockSet here = set;
    SamplePlacement places = placement;
    int workers = placement.numPartitions();
    return JavaSparkContext.fromSparkContext(spark)
        .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
        .map(worker -> here.here().finish(places, worker));
  }

  private RDD<Tuple2<Integer, byte[]>> shuffled() {
    SamplePlacement places = placement;
    return samples
        .mapPartitionsToPair(part -> new PackedSamples(part, places::worker))
        .partitionBy(places)
        .rdd();
  }

  /** Where a task that has failed half-way would be tried again, its records would come twice. */
  private static boolean isOneProcessWithoutRetries(SparkContext spark) {
    return spark.isLocal() && !spark.master().contains(",");
  }
}
