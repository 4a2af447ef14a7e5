package org.sparksbp.training;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.averaging.AveragingEngine;
import org.sparksbp.averaging.AveragingTransport;

/** Decides from round to round whether workers may average directly. */
final class Transport {

  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
  private static final int FAILURES_BORNE = 3;

  private final SparkContext spark;
  private final TrainingSettings settings;
  private int failures;
  private String told = "";

  /**
   * @param settings with the number of workers decided
   */
  Transport(SparkContext spark, TrainingSettings settings) {
    this.spark = spark;
    this.settings = settings;
  }

  /**
   * Whether the next rounds may be averaged directly; logs why not.
   *
   * @param remembers whether workers have memories
   * @throws ConfigException if {@code averaging.transport} demands what cannot be
   */
  boolean isDirect(boolean remembers) {
    if (settings.averagingTransport() == AveragingTransport.SPARK_JOBS) {
      return false;
    }
    String obstacle = lasting(remembers);
    if (obstacle != null && settings.averagingTransport() == AveragingTransport.DIRECT) {
      Config configuration = settings.configuration();
      String key = "averaging.transport";
      throw new ConfigException.BadValue(
          configuration.getValue(key).origin(), key, "direct is not possible: " + obstacle);
    }
    obstacle = obstacle == null ? passing() : obstacle;
    if (obstacle != null && !obstacle.equals(told)) {
      LOG.info("Every averaging round is a Spark job: {}", obstacle);
      told = obstacle;
    }
    return obstacle == null;
  }

  /** Workers have averaged directly, or tried to. */
  void tried(boolean successful) {
    failures = successful ? 0 : failures + 1;
  }

  /** What no waiting changes. */
  private String lasting(boolean remembers) {
    SparkConf conf = spark.conf();
    if (settings.averagingEngine() != AveragingEngine.OWN) {
      return "averaging.engine is " + settings.averagingEngine().key();
    }
    if (spark.isLocal()) {
      return null;
    }
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return "spark.dynamicAllocation.enabled is on, so Spark may take workers away";
    }
    if (conf.getBoolean("spark.network.crypto.enabled", false)
        || conf.getBoolean("spark.authenticate.enableSaslEncryption", false)
        || conf.getBoolean("spark.ssl.enabled", false)) {
      return "Spark is to encrypt its connections, and workers' own are not encrypted";
    }
    return remembers
        ? "the model keeps memories on the workers, which could be lost with one of them"
        : null;
  }

  /** What may be different at the next round. */
  private String passing() {
    int slots =
        spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
    if (slots < settings.workers()) {
      return settings.workers() + " workers cannot run at once on " + slots + " cores";
    }
    return failures >= FAILURES_BORNE
        ? "averaging directly has failed " + failures + " times in a row"
        : null;
  }
}
