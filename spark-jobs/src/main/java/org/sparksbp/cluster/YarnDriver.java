package org.sparksbp.cluster;

import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver as a part of YARN's application master, which is where it runs in cluster mode: the
 * master calls the program's main method, and takes a process that ends by itself for a failed one,
 * whatever its exit code.
 */
public final class YarnDriver {

  private static final Logger LOG = LoggerFactory.getLogger(YarnDriver.class);

  /** Names the container to the process in it. */
  private static final String CONTAINER = "CONTAINER_ID";

  private YarnDriver() {}

  /** Whether this process is an application master that runs the driver. */
  public static boolean isHere() {
    return isDescribedBy(System.getProperties());
  }

  /**
   * The application master sets all three before it calls the program. In client mode the deploy
   * mode is another, and a spark-submit that is started within some container has no application
   * yet.
   */
  static boolean isDescribedBy(Properties system) {
    return "yarn".equals(system.getProperty("spark.master"))
        && "cluster".equals(system.getProperty("spark.submit.deployMode"))
        && system.getProperty("spark.yarn.app.id") != null;
  }

  /** Whether an earlier attempt of the same application was lost, with what it was writing. */
  public static boolean isLaterAttempt() {
    return isHere() && attempt(System.getenv()) > 1;
  }

  /** Number of the attempt, counted from 1. */
  static int attempt(Map<String, String> environment) {
    String container = environment.get(CONTAINER);
    return container == null
        ? 1
        : ContainerId.fromString(container).getApplicationAttemptId().getAttemptId();
  }

  /**
   * Has the application master tell YARN how the program has ended. To be called last in the main
   * method, which returns then, or throws on.
   *
   * @throws SparkUserAppException unless the code is 0: the one exception that carries it
   */
  public static void end(int code) throws SparkUserAppException {
    if (!ClusterStart.hasStarted()) {
      register();
    }
    report(code);
  }

  /** The application master takes a main method that returns for a success. */
  static void report(int code) throws SparkUserAppException {
    if (code != 0) {
      throw new SparkUserAppException(code);
    }
  }

  /**
   * The application master registers with YARN when Spark starts and can tell it nothing before:
   * without this a command that needs no Spark, or is refused before it starts, always ends in exit
   * code 13.
   */
  private static void register() {
    SparkConf none =
        new SparkConf()
            .setIfMissing("spark.app.name", "sbp")
            .set("spark.dynamicAllocation.enabled", "false")
            .set("spark.executor.instances", "0");
    try {
      new JavaSparkContext(none).stop();
    } catch (Exception e) { // Spark throws checked ones, undeclared
      LOG.warn("Cannot tell YARN how the program has ended: {}", e.toString());
    }
  }
}
