package org.sparksbp.evaluation;

import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.spike.Sample;

/**
 * The samples of a split.
 *
 * @param samples each with its position, 0 to {@code count - 1}, every position once
 * @param count how many there are
 */
public record SampleSet(JavaPairRDD<Long, Sample> samples, long count) {

  /** Without any sample. */
  public static SampleSet empty(JavaSparkContext spark) {
    return new SampleSet(JavaPairRDD.fromJavaRDD(spark.emptyRDD()), 0);
  }
}
