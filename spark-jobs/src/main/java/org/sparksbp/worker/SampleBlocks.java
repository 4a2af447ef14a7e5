package org.sparksbp.worker;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.sparksbp.spike.Sample;
import scala.Tuple2;

/** Moves samples to the workers and keeps them there: one block a partition. */
public final class SampleBlocks {

  /** How blocks are kept from one job to the next. */
  static final StorageLevel STORAGE = StorageLevel.MEMORY_AND_DISK();

  private SampleBlocks() {}

  /**
   * Deals the first samples out in turn: position p goes to worker {@code p % workers}.
   *
   * @param count samples used, those at positions below it
   */
  public static JavaRDD<SampleBlock> dealt(
      JavaPairRDD<Long, Sample> samples, long count, int workers) {
    return of(samples, count, new Dealt(workers));
  }

  /**
   * Cuts the samples into runs of neighbours, their number a matter of the count alone.
   *
   * @param count all samples
   */
  public static JavaRDD<SampleBlock> cut(JavaPairRDD<Long, Sample> samples, long count) {
    return of(samples, count, Cut.of(count));
  }

  /** All samples as the block of a single worker. */
  public static SampleBlock local(List<Sample> samples) {
    return new SampleBlock(0, samples.toArray(Sample[]::new));
  }

  /** The blocks of {@link #cut}, in this process. */
  public static List<SampleBlock> localCut(List<Sample> samples) {
    Cut cut = Cut.of(samples.size());
    List<SampleBlock> blocks = new ArrayList<>();
    int from = 0;
    for (int number = 0; number < cut.numPartitions(); number++) {
      int to = from + (int) cut.size(number, samples.size());
      blocks.add(new SampleBlock(number, samples.subList(from, to).toArray(Sample[]::new)));
      from = to;
    }
    return blocks;
  }

  private static JavaRDD<SampleBlock> of(
      JavaPairRDD<Long, Sample> samples, long count, Placement placement) {
    return samples
        .filter(positioned -> positioned._1() < count)
        .mapPartitionsToPair(part -> new PackedSamples(part, placement::worker))
        .partitionBy(placement)
        .mapPartitionsWithIndex(
            (worker, part) -> List.of(block(worker, part, placement, count)).iterator(), true)
        .persist(STORAGE);
  }

  private static SampleBlock block(
      int worker, Iterator<Tuple2<Integer, byte[]>> part, Placement placement, long count) {
    Sample[] samples = new Sample[Math.toIntExact(placement.size(worker, count))];
    int[] received = new int[1];
    part.forEachRemaining(
        packed ->
            PackedSamples.unpack(
                packed._2(),
                (position, sample) -> {
                  int index = Math.toIntExact(placement.index(position));
                  if (samples[index] != null) {
                    throw invalid(worker, "position " + position + " twice");
                  }
                  samples[index] = sample;
                  received[0]++;
                }));
    if (received[0] != samples.length) {
      throw invalid(worker, received[0] + " of " + samples.length + " samples");
    }
    return new SampleBlock(worker, samples);
  }

  private static IllegalStateException invalid(int worker, String what) {
    return new IllegalStateException(
        "Invalid samples: "
            + what
            + " for worker "
            + worker
            + "; their positions must be 0 to count - 1, each once");
  }

  /** Which worker a position belongs to. */
  private abstract static class Placement extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int workers;

    Placement(int workers) {
      this.workers = workers;
    }

    @Override
    public int numPartitions() {
      return workers;
    }

    @Override
    public int getPartition(Object worker) {
      return (Integer) worker;
    }

    /** Number of the worker that gets a position. */
    abstract int worker(long position);

    /** Where the worker has a position's sample. */
    abstract long index(long position);

    /** Samples that a worker gets. */
    abstract long size(int worker, long count);
  }

  private static final class Dealt extends Placement {
    private static final long serialVersionUID = 1L;

    Dealt(int workers) {
      super(workers);
    }

    @Override
    int worker(long position) {
      return (int) (position % numPartitions());
    }

    @Override
    long index(long position) {
      return position / numPartitions();
    }

    @Override
    long size(int worker, long count) {
      return dealtSize(worker, count, numPartitions());
    }
  }

  /** Samples that a worker gets when {@code count} are dealt out in turn. */
  public static long dealtSize(int worker, long count, int workers) {
    return Math.max(0, (count - worker + workers - 1) / workers);
  }

  private static final class Cut extends Placement {
    private static final long serialVersionUID = 1L;
    private static final long SMALLEST = 256;
    private static final long MOST = 32;
    private final long length;

    private Cut(int workers, long length) {
      super(workers);
      this.length = length;
    }

    static Cut of(long count) {
      long length = Math.max(SMALLEST, (count + MOST - 1) / MOST);
      return new Cut((int) Math.max(1, (count + length - 1) / length), length);
    }

    @Override
    int worker(long position) {
      return (int) (position / length);
    }

    @Override
    long index(long position) {
      return position % length;
    }

    @Override
    long size(int worker, long count) {
      return Math.max(0, Math.min(length, count - worker * length));
    }
  }
}
