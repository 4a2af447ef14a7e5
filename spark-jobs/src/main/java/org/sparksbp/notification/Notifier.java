package org.sparksbp.notification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.sparksbp.http.RetryingClient;

/** Tells all targets of a job's end, at the same time and within a time. */
public final class Notifier {

  private static final String SETTINGS = "spark.sbp.notify.";

  private final Configuration hadoop;
  private final RetryingClient.Limits limits;
  private final Consumer<String> warnings;

  /**
   * Prepares to tell.
   *
   * @param limits of the requests; what is not told within their total is given up
   * @param warnings receives a line for each target that could not be told
   */
  public Notifier(Configuration hadoop, RetryingClient.Limits limits, Consumer<String> warnings) {
    this.hadoop = hadoop;
    this.limits = limits;
    this.warnings = warnings;
  }

  /** The limits that Spark's settings say, {@code spark.sbp.notify.*}, or the usual ones. */
  public static RetryingClient.Limits limits(SparkConf spark) {
    return new RetryingClient.Limits(
        seconds(spark, "connectTimeout", "5s"),
        seconds(spark, "requestTimeout", "10s"),
        Math.max(1, spark.getInt(SETTINGS + "attempts", 5)),
        seconds(spark, "totalTimeout", "60s"));
  }

  private static Duration seconds(SparkConf spark, String name, String usual) {
    return Duration.ofMillis(Math.max(1, spark.getTimeAsMs(SETTINGS + name, usual)));
  }

  /** Tells all of them; does not throw. */
  public void tell(List<NotificationTarget> targets, JobSummary summary) {
    long end = System.nanoTime() + limits.total().toNanos();
    List<FutureTask<Void>> tellings = new ArrayList<>();
    for (NotificationTarget target : targets) {
      FutureTask<Void> telling =
          new FutureTask<>(
              () -> {
                target.tell(summary, hadoop, limits);
                return null;
              });
      // A file system may try for minutes: nobody waits for its thread.
      Thread thread = new Thread(telling, "notification");
      thread.setDaemon(true);
      thread.start();
      tellings.add(telling);
    }
    for (int target = 0; target < tellings.size(); target++) {
      await(tellings.get(target), targets.get(target), end);
    }
  }

  private void await(FutureTask<Void> telling, NotificationTarget target, long end) {
    try {
      telling.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      telling.cancel(true);
      warn(target, "no end within " + limits.total().toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      warn(target, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      warn(target, "interrupted");
    }
  }

  private void warn(NotificationTarget target, String why) {
    warnings.accept("Cannot notify " + target + " of the job's end: " + why);
  }
}
