package org.sparksbp.cli;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.sparksbp.cluster.GpuAmounts;

/**
 * What {@code --gpus} sets of Spark's settings, on each kind of cluster. What the user or
 * spark-submit has set stays.
 */
final class GpuRequest {

  private static final String SCRIPT = "deploy/gpu/discover.sh";
  private static final String DISCOVERY = "spark.executor.resource.gpu.discoveryScript";
  private static final String VENDOR = "spark.executor.resource.gpu.vendor";
  private static final String YARN_FILES = "spark.yarn.dist.files";

  /** Where an image has the distribution. */
  private static final String IMAGE_HOME = "/opt/spark-sbp";

  private GpuRequest() {}

  /**
   * Asks for GPUs.
   *
   * @param spark with a master
   * @param gpus of each executor, at least 1; in local mode the first ones of this machine
   * @param home folder of the distribution on this machine, if it is known
   */
  static void apply(SparkConf spark, int gpus, Optional<String> home) {
    if (GpuAmounts.isLocal(spark)) {
      spark.setIfMissing(GpuAmounts.LOCAL_AMOUNT, String.valueOf(gpus));
      return;
    }
    spark.setIfMissing(GpuAmounts.EXECUTOR_AMOUNT, String.valueOf(gpus));
    spark.setIfMissing(GpuAmounts.TASK_AMOUNT, "1");
    String master = spark.get("spark.master");
    // A standalone worker has looked for its GPUs itself, and tells its executors which are theirs.
    if (master.startsWith("k8s://")) {
      spark.setIfMissing(VENDOR, "nvidia.com");
      spark.setIfMissing(DISCOVERY, IMAGE_HOME + '/' + SCRIPT);
    } else if (master.equals("yarn") && home.isPresent() && !spark.contains(DISCOVERY)) {
      String files = spark.get(YARN_FILES, "");
      spark.set(YARN_FILES, (files.isEmpty() ? "" : files + ',') + home.get() + '/' + SCRIPT);
      // The working folder of a container has the files by their names.
      spark.set(DISCOVERY, "./discover.sh");
    }
  }
}
