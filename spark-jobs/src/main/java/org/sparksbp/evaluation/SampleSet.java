package org.sparksbp.evaluation;

import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.Split;

/**
 * The samples of a split.
 *
 * @param samples each with its position, 0 to {@code count - 1}, every position once
 * @param count how many there are
 */
public record SampleSet(JavaPairRDD<Long, Sample> samples, long count) {

  /**
   * The samples of prepared data.
   *
   * @param limit most samples, the first ones; 0 for all
   */
  public static SampleSet of(JavaSparkContext spark, ShardSet shards, Split split, long limit) {
    return new SampleSet(shards.samples(spark, split, limit), shards.count(split, limit));
  }

  /** Without any sample. */
  public static SampleSet empty(JavaSparkContext spark) {
    return new SampleSet(JavaPairRDD.fromJavaRDD(spark.emptyRDD()), 0);
  }
}
