package org.sparksbp.cluster;

import com.typesafe.config.Config;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.device.DeviceChoice;

/** How many workers {@code training.workers = 0} stands for. */
public final class WorkerCount {

  private WorkerCount() {}

  /**
   * One worker a GPU where the run computes on GPUs, else one a core. On a cluster those that the
   * configuration promises, whether they are there yet or not: what happens to be there would make
   * another run of it each time.
   *
   * @param configuration of the run, its device decided
   * @throws InvalidConfigurationException if the cluster promises no number
   */
  public static int of(JavaSparkContext spark, Config configuration) {
    return DeviceChoice.isGpu(configuration) ? oneAGpu(spark) : oneACore(spark);
  }

  private static int oneACore(JavaSparkContext spark) {
    SparkConf configuration = spark.sc().conf();
    if (spark.isLocal()) {
      return spark.defaultParallelism();
    }
    PromisedExecutors promised = PromisedExecutors.of(configuration);
    if (!promised.tellsCores()) {
      throw unknown(spark, "cores", "spark.cores.max, or spark.executor.instances with");
    }
    return Math.max(1, promised.cores() / configuration.getInt("spark.task.cpus", 1));
  }

  private static int oneAGpu(JavaSparkContext spark) {
    GpuAmounts amounts = GpuAmounts.of(spark.sc().conf());
    if (spark.isLocal()) {
      return Math.max(1, amounts.ofAnExecutor());
    }
    PromisedExecutors promised = PromisedExecutors.of(spark.sc().conf());
    if (promised.executors() == 0) {
      throw unknown(
          spark, "executors", "spark.executor.instances, or spark.cores.max, either with");
    }
    return promised.executors() * amounts.ofAnExecutor();
  }

  private static InvalidConfigurationException unknown(
      JavaSparkContext spark, String granted, String promise) {
    return new InvalidConfigurationException(
        "Cannot tell how many workers training.workers = 0 is: "
            + spark.master()
            + " grants "
            + granted
            + " as it has them. Give a number (--set training.workers=8), or promise"
            + " one by Spark's settings: "
            + promise
            + " spark.executor.cores and no dynamic allocation");
  }
}
