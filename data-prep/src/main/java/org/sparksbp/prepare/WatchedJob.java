package org.sparksbp.prepare;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.LongAccumulator;
import org.sparksbp.jobname.NamedJobs;

/** Waits for a Spark job while telling how far it is. */
final class WatchedJob {

  private static final long POLL_MILLISECONDS = 250;

  private WatchedJob() {}

  /**
   * @param done counts the elements that are finished
   * @param total number of elements
   * @return the elements in their order
   */
  static List<String> collect(
      JavaRDD<String> results,
      String stage,
      LongAccumulator done,
      int total,
      ProgressListener listener)
      throws IOException {
    JavaFutureAction<List<String>> job;
    try (NamedJobs ignored = NamedJobs.of(results.context(), stage)) {
      job = results.collectAsync();
    }
    listener.progress(stage, 0, total);
    while (true) {
      try {
        List<String> all = job.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
        listener.progress(stage, total, total);
        return all;
      } catch (TimeoutException e) {
        // A retried slice counts twice, which must not show as more than all of them.
        listener.progress(stage, Math.min(done.value(), total), total);
      } catch (InterruptedException e) {
        job.cancel(true);
        Thread.currentThread().interrupt();
        throw (IOException)
            new InterruptedIOException("Cannot " + stage + ": interrupted").initCause(e);
      } catch (ExecutionException e) {
        throw new IOException(
            "Cannot " + stage + ": a Spark task failed: " + e.getCause().getMessage(), e);
      }
    }
  }
}
