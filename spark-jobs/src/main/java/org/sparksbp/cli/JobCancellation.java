package org.sparksbp.cli;

import java.time.Duration;
import java.time.Instant;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Cancels the jobs of a command, those too that it has yet to start, so that it fails and tidies
 * up. A command that does neither in some seconds is left to end with the process.
 */
final class JobCancellation implements Runnable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration AGAIN = Duration.ofMillis(200);

  private final JavaSparkContext spark;

  /** Of the jobs of an application. */
  JobCancellation(JavaSparkContext spark) {
    // A task is in the middle of a file that is deleted next.
    spark.setLocalProperty("spark.job.interruptOnCancel", "true");
    this.spark = spark;
  }

  /** Returns when the command has had its time, in which the process usually ends. */
  @Override
  public void run() {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      if (!spark.sc().isStopped()) {
        spark.sc().cancelAllJobs();
      }
      try {
        Thread.sleep(AGAIN.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
