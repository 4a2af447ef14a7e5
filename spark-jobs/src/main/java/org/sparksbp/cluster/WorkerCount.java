package org.sparksbp.cluster;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.config.InvalidConfigurationException;

/** How many workers {@code training.workers = 0} stands for. */
public final class WorkerCount {

  private WorkerCount() {}

  /**
   * One worker a core. On a cluster those that the configuration promises, whether they are there
   * yet or not: what happens to be there would make another run of it each time.
   *
   * @throws InvalidConfigurationException if the cluster promises no number
   */
  public static int oneACore(JavaSparkContext spark) {
    SparkConf configuration = spark.sc().conf();
    if (spark.isLocal()) {
      return spark.defaultParallelism();
    }
    PromisedExecutors promised = PromisedExecutors.of(configuration);
    if (!promised.tellsCores()) {
      throw new InvalidConfigurationException(
          "Cannot tell how many workers training.workers = 0 is: "
              + spark.master()
              + " grants cores as it has them. Give a number (--set training.workers=8), or promise"
              + " one by Spark's settings: spark.cores.max, or spark.executor.instances with"
              + " spark.executor.cores and no dynamic allocation");
    }
    return Math.max(1, promised.cores() / configuration.getInt("spark.task.cpus", 1));
  }
}
