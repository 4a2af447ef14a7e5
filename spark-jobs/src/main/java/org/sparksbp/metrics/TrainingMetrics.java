package org.sparksbp.metrics;

import com.codahale.metrics.Counter;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.TrainingListener;

/**
 * A run's numbers for Spark's metrics system. Rounds and samples are counted from the start of this
 * process, epochs from that of the run.
 */
public final class TrainingMetrics implements TrainingListener {

  private final Counter rounds;
  private final Counter samples;
  private volatile int epochs;
  private volatile int epochsPlanned;
  private volatile double samplesPerSecond = Double.NaN;
  private volatile double trainingError = Double.NaN;
  private volatile double lastError = Double.NaN;
  private volatile double bestError = Double.NaN;
  private int epoch;
  private long samplesBefore;
  private long samplesOfEpoch;
  private double secondsOfEpoch;

  /** Registers the numbers, which have nothing to tell yet. */
  public TrainingMetrics(JavaSparkContext spark) {
    JobMetrics metrics = new JobMetrics("training");
    rounds = metrics.counter("rounds");
    samples = metrics.counter("samples");
    metrics.gauge("samplesPerSecond", () -> samplesPerSecond);
    metrics.gauge("epochs", () -> epochs);
    metrics.gauge("epochsPlanned", () -> epochsPlanned);
    metrics.gauge("runningError", () -> trainingError);
    metrics.gauge("error", () -> lastError);
    metrics.gauge("bestError", () -> bestError);
    metrics.registerWith(spark);
  }

  @Override
  public void started(RunStart start) {
    epochsPlanned = start.settings().epochs();
    start.earlier().forEach(this::count);
  }

  @Override
  public void roundFinished(RoundReport round) {
    if (round.epoch() != epoch) {
      epoch = round.epoch();
      samplesOfEpoch = 0;
      secondsOfEpoch = 0;
      // Rounds before a resume are not of this process; rounds are of one size.
      samplesBefore = round.epochSamples() * round.round() / (round.round() + 1);
    }
    long learned = round.epochSamples() - samplesBefore;
    samplesBefore = round.epochSamples();
    samplesOfEpoch += learned;
    secondsOfEpoch += round.seconds();
    rounds.inc();
    samples.inc(learned);
    samplesPerSecond = samplesOfEpoch / Math.max(secondsOfEpoch, 1e-9);
    trainingError = round.trainError();
  }

  @Override
  public void epochFinished(EpochReport report) {
    count(report);
  }

  private void count(EpochReport report) {
    epochs = report.epoch();
    lastError = report.error();
    bestError = Double.isNaN(bestError) ? lastError : Math.min(bestError, lastError);
  }
}
