package org.sparksbp.metrics;

import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.sweep.SweepListener;
import org.sparksbp.sweep.SweepProgress;

/** A sweep's numbers for Spark's metrics system. */
public final class SweepMetrics implements SweepListener {

  private volatile SweepProgress last;

  /** Registers the numbers, which have nothing to tell yet. */
  public SweepMetrics(JavaSparkContext spark) {
    JobMetrics metrics = new JobMetrics("sweep");
    metrics.gauge("trials", () -> last == null ? Double.NaN : last.trials());
    metrics.gauge("done", () -> last == null ? Double.NaN : last.done());
    metrics.gauge("failed", () -> last == null ? Double.NaN : last.failed());
    metrics.gauge("running", () -> last == null ? Double.NaN : last.running());
    metrics.gauge("secondsLeft", () -> last == null ? Double.NaN : last.secondsLeft());
    metrics.gauge("bestError", this::bestError);
    metrics.registerWith(spark);
  }

  private double bestError() {
    boolean known = last != null && Double.isFinite(last.bestError());
    return known ? last.bestError() : Double.NaN;
  }

  @Override
  public void started(SweepProgress progress) {
    last = progress;
  }

  @Override
  public void trialEnded(SweepProgress progress) {
    last = progress;
  }
}
