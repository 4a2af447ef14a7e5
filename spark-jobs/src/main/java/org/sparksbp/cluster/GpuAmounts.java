package org.sparksbp.cluster;

import org.apache.spark.SparkConf;

/**
 * GPUs that an application has asked for, by Spark's own settings.
 *
 * @param ofAnExecutor that each executor has; in local mode those of this machine that may be used
 * @param ofATask that each task is assigned, a fraction where tasks share one
 */
public record GpuAmounts(int ofAnExecutor, double ofATask) {

  /** Spark's name for the kind of resource. */
  public static final String RESOURCE = "gpu";

  /** How many each executor has. */
  public static final String EXECUTOR_AMOUNT = "spark.executor.resource.gpu.amount";

  /** How many, or which share of one, each task is assigned. */
  public static final String TASK_AMOUNT = "spark.task.resource.gpu.amount";

  /** How many of this machine may be used in local mode, where Spark assigns no resources. */
  public static final String LOCAL_AMOUNT = "spark.sbp.gpus";

  /** Reads the settings. */
  public static GpuAmounts of(SparkConf spark) {
    return isLocal(spark)
        ? new GpuAmounts(spark.getInt(LOCAL_AMOUNT, 0), 0)
        : new GpuAmounts(spark.getInt(EXECUTOR_AMOUNT, 0), spark.getDouble(TASK_AMOUNT, 0));
  }

  /** Whether all runs in the driver's process. */
  public static boolean isLocal(SparkConf spark) {
    String master = spark.get("spark.master", "");
    return master.equals("local") || master.startsWith("local[");
  }

  /** Whether executors have any. */
  public boolean areAssigned() {
    return ofAnExecutor > 0;
  }

  /**
   * Tasks that can run at once on so many GPUs, as Spark counts them: each takes whole GPUs, or as
   * large a share of one as divides it.
   *
   * @param cores tasks that the cores allow
   */
  int slots(int gpus, int cores) {
    if (ofATask <= 0) {
      return cores;
    }
    double tasks = ofATask <= 1 ? gpus * Math.floor(1 / ofATask) : Math.floor(gpus / ofATask);
    return (int) Math.min(cores, tasks);
  }
}
