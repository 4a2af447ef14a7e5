package org.sparksbp.inspect;

import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.shard.SplitCounts;
import org.sparksbp.task.Split;

/**
 * Statistics of a split's spike trains.
 *
 * @param split what they are of
 * @param samples number of samples
 * @param events spikes of all samples
 * @param fewestEvents spikes of the sample with the fewest
 * @param mostEvents spikes of the sample with the most
 * @param meanRate spikes per step and channel, from 0 to 1
 * @param sparsity share of the (step, channel) places without a spike: 1 - meanRate
 * @param silentChannels share of the channels of a sample, on average, that never spike
 * @param classes samples by class name; empty for a task without classes
 */
public record DataSummary(
    Split split,
    long samples,
    long events,
    long fewestEvents,
    long mostEvents,
    double meanRate,
    double sparsity,
    double silentChannels,
    Map<String, Long> classes) {

  /** Counts over all samples of a split, as a Spark job that reads every shard. */
  public static DataSummary of(JavaSparkContext spark, ShardSet data, Split split) {
    long[] sums;
    try (NamedJobs ignored = NamedJobs.of(spark, "count events")) {
      sums =
          data.samples(spark, split)
              .values()
              .mapPartitions(EventSums::ofPartition)
              .treeReduce(EventSums::merge);
    }
    SplitCounts counts = data.manifest().counts().get(split);
    double channels = (double) sums[EventSums.SAMPLES] * data.shape().channels();
    double places = channels * data.shape().steps();
    double rate = places == 0 ? 0 : sums[EventSums.EVENTS] / places;
    return new DataSummary(
        split,
        sums[EventSums.SAMPLES],
        sums[EventSums.EVENTS],
        sums[EventSums.SAMPLES] == 0 ? 0 : sums[EventSums.FEWEST],
        sums[EventSums.MOST],
        rate,
        1 - rate,
        channels == 0 ? 0 : sums[EventSums.SILENT] / channels,
        counts.classes());
  }
}
