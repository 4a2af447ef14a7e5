package org.sparksbp.cluster;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Starts Spark and waits for the executors that the configuration promises, telling meanwhile what
 * it waits for. Spark itself would wait for ever, without a word.
 */
public final class ClusterStart {

  /** Seconds to wait, a setting of Spark's configuration. */
  public static final String TIMEOUT = "spark.sbp.executorTimeout";

  private static final String USUAL_TIMEOUT = "120s";
  private static final Duration FIRST_NOTICE = Duration.ofSeconds(3);
  private static final Duration NEXT_NOTICE = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Whether Spark has started in this process, if only to be stopped again. */
  private static volatile boolean started;

  private final SparkConf configuration;
  private final PromisedExecutors promised;
  private final Consumer<String> notices;
  private final Duration timeout;
  private long began = System.nanoTime();
  private Duration nextNotice = FIRST_NOTICE;

  private ClusterStart(SparkConf configuration, Consumer<String> notices) {
    this.configuration = configuration;
    this.promised = PromisedExecutors.of(configuration);
    this.notices = notices;
    this.timeout = Duration.ofSeconds(configuration.getTimeAsSeconds(TIMEOUT, USUAL_TIMEOUT));
  }

  /**
   * Starts Spark. Goes on with fewer executors than promised when the time is over, but not without
   * any.
   *
   * @param configuration with a master
   * @param notices receives a line now and then about what is waited for
   * @throws NoExecutorsException if the master does not answer, or grants no executor
   */
  public static JavaSparkContext start(SparkConf configuration, Consumer<String> notices) {
    if (GpuAmounts.isLocal(configuration)) {
      return new JavaSparkContext(configuration);
    }
    ClusterStart start = new ClusterStart(configuration, notices);
    JavaSparkContext spark = start.context();
    try {
      start.awaitExecutors(spark);
    } catch (RuntimeException | Error e) {
      spark.stop();
      throw e;
    }
    return spark;
  }

  static boolean hasStarted() {
    return started;
  }

  /**
   * Ends the driver: its cluster's manager and whoever has started the process learn of the exit
   * code. To be called last in the main method.
   *
   * @throws SparkUserAppException where the driver runs on YARN in cluster mode and the code is not
   *     0
   */
  public static void endDriver(int code) throws SparkUserAppException {
    if (YarnDriver.isHere()) {
      YarnDriver.end(code);
    } else {
      YarnClientContext.end(code);
      System.exit(code);
    }
  }

  /** Spark's own constructor tries for a minute to reach a master that is not there. */
  private JavaSparkContext context() {
    FutureTask<JavaSparkContext> starting = new FutureTask<>(this::newContext);
    Thread starter = new Thread(starting, "start of Spark");
    starter.setDaemon(true);
    starter.start();
    while (true) {
      try {
        return starting.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        notice(0, 0);
        if (isOver()) {
          throw noneGranted();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new NoExecutorsException("Cannot start Spark: interrupted");
      } catch (ExecutionException e) {
        if (isStandalone() && isGivenUp(e)) {
          throw givenUp();
        }
        throw e.getCause() instanceof RuntimeException known
            ? known
            : new IllegalStateException(e.getCause());
      }
    }
  }

  private JavaSparkContext newContext() {
    JavaSparkContext spark;
    if (YarnClientContext.isFor(configuration)) {
      YarnClientContext.end(0); // of an earlier command of this process
      spark = new YarnClientContext(configuration);
    } else {
      spark = new JavaSparkContext(configuration);
    }
    started = true;
    return spark;
  }

  private boolean isStandalone() {
    String master = configuration.get("spark.master");
    return master.startsWith("spark://") || master.startsWith("local-cluster");
  }

  /** Whether the context was stopped by Spark: it has given the master up, or this one it. */
  private static boolean isGivenUp(ExecutionException e) {
    String said = String.valueOf(e.getCause().getMessage());
    return said.contains("stopped SparkContext") || said.contains("master");
  }

  /** What Spark's own start has taken (on YARN that of a container) is no waiting for executors. */
  private void awaitExecutors(JavaSparkContext spark) {
    began = System.nanoTime();
    nextNotice = FIRST_NOTICE;
    double share = configuration.getDouble("spark.scheduler.minRegisteredResourcesRatio", 1);
    while (true) {
      int executors = LiveExecutors.slots(spark.sc()).size();
      int cores = LiveExecutors.cores(spark.sc());
      if (promised.areMetBy(executors, cores, share)) {
        return;
      }
      if (spark.sc().isStopped()) {
        throw givenUp();
      }
      if (isOver() && executors == 0) {
        throw noneGranted();
      }
      if (isOver()) {
        notices.accept(
            "going on with fewer executors than promised: " + promised.told(executors, cores));
        return;
      }
      notice(executors, cores);
      sleep();
    }
  }

  private void notice(int executors, int cores) {
    Duration waited = waited();
    if (waited.compareTo(nextNotice) >= 0) {
      nextNotice = waited.plus(NEXT_NOTICE);
      notices.accept(
          "waiting for executors: "
              + promised.told(executors, cores)
              + ", master "
              + configuration.get("spark.master"));
    }
  }

  private NoExecutorsException noneGranted() {
    return new NoExecutorsException(
        "Cannot run on "
            + configuration.get("spark.master")
            + ": it has granted no executor in "
            + waited().toSeconds()
            + " s. See that the master runs and has workers with free cores and memory for"
            + " spark.executor.cores and spark.executor.memory"
            + gpusWanted()
            + ", or give it longer ("
            + TIMEOUT
            + ")");
  }

  /** Spark tells only its log which of the two it was. */
  private NoExecutorsException givenUp() {
    return new NoExecutorsException(
        "Cannot run on "
            + configuration.get("spark.master")
            + ": Spark has ended the application before it had an executor. Either the master does"
            + " not answer, then see its address and that it runs; or every executor ended as it"
            + " started, then the reason is in their logs, of a standalone cluster on the workers in"
            + " work/APPLICATION/EXECUTOR/stderr (--verbose shows the driver's log)");
  }

  private String gpusWanted() {
    GpuAmounts gpus = GpuAmounts.of(configuration);
    return gpus.areAssigned()
        ? " and with " + gpus.ofAnExecutor() + " free GPUs (" + GpuAmounts.EXECUTOR_AMOUNT + ")"
        : "";
  }

  private boolean isOver() {
    return waited().compareTo(timeout) >= 0;
  }

  private Duration waited() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoExecutorsException("Cannot run: interrupted while it waited for executors");
    }
  }
}
