package org.sparksbp.validation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.sparksbp.evaluation.SampleSet;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.Split;
import scala.Tuple2;

/**
 * The training samples of a data set in two parts, each in the order of the whole and with
 * positions of its own.
 *
 * @param train samples to learn
 * @param validation samples that are measured and not learned; may be empty
 */
public record ValidationSplit(SampleSet train, SampleSet validation) {

  /**
   * Divides the training samples.
   *
   * @param limit first samples that there are for both parts; 0 for all
   */
  public static ValidationSplit of(
      JavaSparkContext spark, ShardSet shards, long limit, ValidationDraw draw) {
    SampleSet all = SampleSet.of(spark, shards, Split.TRAIN, limit);
    if (draw.isNone()) {
      return new ValidationSplit(all, SampleSet.empty(spark));
    }
    JavaRDD<int[]> numbers = numbers(shards.groups(spark, Split.TRAIN, limit), draw);
    int bound;
    List<Long> drawnByShard;
    try (NamedJobs ignored = NamedJobs.of(spark, "draw validation samples")) {
      bound = draw.bound((digit, before) -> counts(numbers, digit, before), all.count());
      drawnByShard = numbers.map(shard -> drawn(shard, bound)).collect();
    } finally {
      numbers.unpersist();
    }
    long drawn = drawnByShard.stream().mapToLong(Long::longValue).sum();
    List<Long> before = new ArrayList<>();
    long sum = 0;
    for (long ofShard : drawnByShard) {
      before.add(sum);
      sum += ofShard;
    }
    return new ValidationSplit(
        new SampleSet(part(all.samples(), draw, bound, false, before), all.count() - drawn),
        new SampleSet(part(all.samples(), draw, bound, true, before), drawn));
  }

  /** The number of each sample's group, a list a shard. */
  private static JavaRDD<int[]> numbers(JavaPairRDD<Long, String> groups, ValidationDraw draw) {
    return groups
        .values()
        .mapPartitions(
            shard -> {
              IntStream.Builder numbers = IntStream.builder();
              shard.forEachRemaining(group -> numbers.add(draw.number(group)));
              return List.of(numbers.build().toArray()).iterator();
            })
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static long[] counts(JavaRDD<int[]> numbers, int digit, int before) {
    return numbers
        .map(shard -> ValidationDraw.counts(shard, digit, before))
        .reduce(
            (one, other) ->
                IntStream.range(0, one.length).mapToLong(i -> one[i] + other[i]).toArray());
  }

  private static long drawn(int[] numbers, int bound) {
    return IntStream.of(numbers).filter(number -> number < bound).count();
  }

  /**
   * One part of the samples, with positions from 0.
   *
   * @param drawnBefore samples that validate in the shards before each
   */
  private static JavaPairRDD<Long, Sample> part(
      JavaPairRDD<Long, Sample> samples,
      ValidationDraw draw,
      int bound,
      boolean validating,
      List<Long> drawnBefore) {
    return JavaPairRDD.fromJavaRDD(
        samples.mapPartitionsWithIndex(
            (shard, all) -> new Part(all, draw, bound, validating, drawnBefore.get(shard)), true));
  }

  /** One part of a shard's samples. */
  private static final class Part implements Iterator<Tuple2<Long, Sample>> {
    private final Iterator<Tuple2<Long, Sample>> all;
    private final ValidationDraw draw;
    private final int bound;
    private final boolean validating;
    private long drawn;
    private Tuple2<Long, Sample> next;

    Part(
        Iterator<Tuple2<Long, Sample>> all,
        ValidationDraw draw,
        int bound,
        boolean validating,
        long drawnBefore) {
      this.all = all;
      this.draw = draw;
      this.bound = bound;
      this.validating = validating;
      this.drawn = drawnBefore;
    }

    @Override
    public boolean hasNext() {
      while (next == null && all.hasNext()) {
        Tuple2<Long, Sample> positioned = all.next();
        boolean validates = draw.number(positioned._2().group()) < bound;
        if (validates == validating) {
          long position = validating ? drawn : positioned._1() - drawn;
          next = new Tuple2<>(position, positioned._2());
        }
        drawn += validates ? 1 : 0;
      }
      return next != null;
    }

    @Override
    public Tuple2<Long, Sample> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all samples of the part have been read");
      }
      Tuple2<Long, Sample> positioned = next;
      next = null;
      return positioned;
    }
  }
}
