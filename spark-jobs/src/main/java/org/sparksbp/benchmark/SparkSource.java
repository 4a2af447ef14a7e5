package org.sparksbp.benchmark;

import org.apache.spark.api.java.JavaSparkContext;

/** Starts Spark on this machine. */
@FunctionalInterface
public interface SparkSource {

  /**
   * Starts Spark in local mode; the caller closes it.
   *
   * @param cores that tasks may run on
   */
  JavaSparkContext start(int cores);
}
