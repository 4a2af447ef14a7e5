package org.sparksbp.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * What the configuration promises of a cluster, which grants it little by little.
 *
 * @param executors that will be there; 0 if that is not said
 * @param cores that they will have together; 0 if that is not said
 */
public record PromisedExecutors(int executors, int cores) {

  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,.*");

  /** What YARN and Kubernetes start where nothing else is said. */
  private static final int USUAL = 2;

  /** Reads what Spark's own settings say; Spark grants a whole cluster where they say nothing. */
  public static PromisedExecutors of(SparkConf spark) {
    String master = spark.get("spark.master");
    Matcher localCluster = LOCAL_CLUSTER.matcher(master);
    if (localCluster.matches()) {
      int executors = Integer.parseInt(localCluster.group(1));
      return new PromisedExecutors(executors, executors * Integer.parseInt(localCluster.group(2)));
    }
    if (spark.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return new PromisedExecutors(0, 0);
    }
    int coresOfOne = spark.getInt("spark.executor.cores", 0);
    if (master.startsWith("spark://")) {
      int cores = spark.getInt("spark.cores.max", 0);
      return new PromisedExecutors(coresOfOne == 0 ? 0 : cores / coresOfOne, cores);
    }
    int executors = spark.getInt("spark.executor.instances", USUAL);
    return new PromisedExecutors(executors, executors * Math.max(1, coresOfOne));
  }

  /** Whether the number of cores is known before all of them are there. */
  public boolean tellsCores() {
    return cores > 0;
  }

  /**
   * Whether so many are enough to begin with.
   *
   * @param share of what is promised, 0 to 1
   */
  boolean areMetBy(int liveExecutors, int liveCores, double share) {
    return liveExecutors >= Math.max(1, Math.ceil(share * executors))
        && liveCores >= Math.floor(share * cores);
  }

  /** How many there are of how many, in words. */
  String told(int liveExecutors, int liveCores) {
    Optional<String> ofExecutors =
        executors == 0 ? Optional.empty() : Optional.of(liveExecutors + " of " + executors);
    return ofExecutors.orElseGet(
        () -> cores == 0 ? liveExecutors + " so far" : liveCores + " of " + cores + " cores");
  }
}
