package org.sparksbp.rounds;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.averaging.AveragingTransport;
import org.sparksbp.cluster.LiveExecutors;

/** Decides from round to round whether workers may average by all-reduce, and says why not. */
final class AllReducePolicy {

  private static final Logger LOG = LoggerFactory.getLogger(AllReducePolicy.class);
  private static final String KEY = "averaging.transport";
  private static final int FAILURES_BORNE = 3;

  private final SparkContext spark;
  private final Config configuration;
  private final RoundSettings settings;
  private int failures;
  private String told = "";

  /**
   * A policy for one run.
   *
   * @param configuration that the settings come from
   * @param settings with the number of workers decided
   */
  AllReducePolicy(SparkContext spark, Config configuration, RoundSettings settings) {
    this.spark = spark;
    this.configuration = configuration;
    this.settings = settings;
  }

  /**
   * Whether the next rounds may be averaged by all-reduce; logs why not.
   *
   * @param remembers whether workers have memories
   * @throws ConfigException if {@code averaging.transport} demands what cannot be
   */
  boolean allows(boolean remembers) {
    Optional<String> lasting = lasting(remembers);
    if (lasting.isPresent()) {
      exclude(lasting.get());
      return false;
    }
    Optional<String> passing = passing();
    passing.ifPresent(this::tell);
    return passing.isEmpty();
  }

  /**
   * Notes that rounds of this run are never averaged by all-reduce.
   *
   * @throws ConfigException if {@code averaging.transport} demands it
   */
  void exclude(String obstacle) {
    if (settings.transport() == AveragingTransport.DIRECT) {
      throw new ConfigException.BadValue(
          configuration.getValue(KEY).origin(), KEY, "direct is not possible: " + obstacle);
    }
    tell(obstacle);
  }

  /** Gives an all-reduce that has failed too often one more try, now that an epoch begins. */
  void epochBegins() {
    failures = Math.min(failures, FAILURES_BORNE - 1);
  }

  /** Notes how an all-reduce has ended. */
  void tried(boolean successful) {
    failures = successful ? 0 : failures + 1;
  }

  private void tell(String obstacle) {
    if (!obstacle.equals(told)) {
      LOG.info("Every averaging round is a Spark job: {}", obstacle);
      told = obstacle;
    }
  }

  /** What no waiting changes. */
  private Optional<String> lasting(boolean remembers) {
    if (spark.isLocal()) {
      return Optional.empty();
    }
    SparkConf conf = spark.conf();
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return Optional.of("spark.dynamicAllocation.enabled is on, so Spark may take workers away");
    }
    return remembers
        ? Optional.of(
            "the model keeps memories on the workers, which could be lost with one of them")
        : Optional.empty();
  }

  /** What may be different at the next round. */
  private Optional<String> passing() {
    int slots = LiveExecutors.allSlots(spark);
    if (slots < settings.workers()) {
      return Optional.of(LiveExecutors.tooFewSlots(spark, settings.workers(), slots));
    }
    return failures >= FAILURES_BORNE
        ? Optional.of(
            "averaging directly has failed " + failures + " times in a row, until the next epoch")
        : Optional.empty();
  }
}
