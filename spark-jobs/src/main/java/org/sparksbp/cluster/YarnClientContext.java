package org.sparksbp.cluster;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Spark on YARN with the driver here, in client mode. Its application ends with the exit code that
 * Spark is stopped with, which is known only when the command has ended: until then being stopped
 * is put off.
 */
final class YarnClientContext extends JavaSparkContext {

  /** Just before Spark's own hook, which stops all contexts as if nothing were wrong. */
  private static final int HOOK_PRIORITY = 55;

  /** What the shell says of a program that a signal has ended. */
  private static final int SIGNALLED = 130;

  private static final AtomicReference<YarnClientContext> RUNNING = new AtomicReference<>();

  YarnClientContext(SparkConf configuration) {
    super(configuration);
    if (RUNNING.getAndSet(this) == null) {
      ShutdownHookManager.get().addShutdownHook(() -> end(SIGNALLED), HOOK_PRIORITY);
    }
  }

  /** Whether the configuration asks for it. */
  static boolean isFor(SparkConf configuration) {
    return configuration.get("spark.master", "").equals("yarn") && !YarnDriver.isHere();
  }

  /** Stops the one that runs, if one does: its application has ended with this exit code. */
  static void end(int code) {
    YarnClientContext running = RUNNING.get();
    if (running != null && !running.sc().isStopped()) {
      running.sc().stop(code);
    }
  }

  /** Does nothing yet; closing is the same. */
  @Override
  public void stop() {}
}
