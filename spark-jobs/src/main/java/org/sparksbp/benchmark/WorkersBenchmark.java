package org.sparksbp.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.benchmark.Result.Target;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.evaluation.SampleSet;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.StartMode;
import org.sparksbp.training.TrainingData;
import org.sparksbp.training.TrainingJob;
import org.sparksbp.training.TrainingListener;
import org.sparksbp.training.TrainingListener.RoundReport;
import org.sparksbp.training.TrainingSettings;

/**
 * Whole training jobs of the plasticity-trained network, averaged every 10 batches, on one worker,
 * two, and so on. A job of each number of workers takes its turn, round after round; a job's first
 * epoch loads the samples and is left out. All seconds are the clock's.
 */
final class WorkersBenchmark {

  private static final int EPOCHS = 3;
  private static final String JOB = "training job, SNN sbp, batch 50, averaged every 10 batches";
  private static final String EPOCH = "the epoch";
  private static final Target ALONE = Target.atMost(0.05, EPOCH);
  private static final Target TOGETHER = Target.atMost(0.08, EPOCH);
  private static final Target TWO_WORKERS = Target.atLeast(1.85, "one worker");

  private final Benchmark.SparkSource sparks;
  private final ShardSet shards;
  private final Task task;
  private final Effort effort;
  private final Path scratch;
  private final Consumer<String> progress;

  /** Measured epochs of the jobs on one number of workers. */
  private static final class Series {
    final List<Double> rates = new ArrayList<>();
    final List<Double> sparkShares = new ArrayList<>();
    final List<Double> roundMilliseconds = new ArrayList<>();
    final List<Double> speedUps = new ArrayList<>();
  }

  WorkersBenchmark(
      Benchmark.SparkSource sparks,
      ShardSet shards,
      Task task,
      Effort effort,
      Path scratch,
      Consumer<String> progress) {
    this.sparks = sparks;
    this.shards = shards;
    this.task = task;
    this.effort = effort;
    this.scratch = scratch;
    this.progress = progress;
  }

  List<Result> run(int cores) throws IOException {
    TreeMap<Integer, Series> byWorkers = new TreeMap<>();
    int rounds = Math.max(1, effort.repetitions() / 2);
    for (int round = 0; round < rounds; round++) {
      double alone = 0;
      for (int workers = 1; workers <= cores; workers++) {
        progress.accept("training job, workers: " + workers);
        Series series = byWorkers.computeIfAbsent(workers, number -> new Series());
        int before = series.rates.size();
        train(workers, round, series);
        double best =
            series.rates.subList(before, series.rates.size()).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
        alone = workers == 1 ? best : alone;
        series.speedUps.add(best / alone);
      }
    }
    List<Result> results = new ArrayList<>();
    byWorkers.forEach((workers, series) -> results.addAll(results(workers, series)));
    return results;
  }

  private static List<Result> results(int workers, Series series) {
    BenchmarkPart part = BenchmarkPart.WORKERS;
    String variant = "workers: " + workers;
    List<Result> results = new ArrayList<>();
    results.add(
        Result.of(part, JOB, variant, "samples/s", Rates.ofClock(series.rates))
            .at("workers", workers));
    if (workers > 1) {
      Result speedUp =
          Result.of(
              part,
              "samples/s against one worker",
              variant,
              "times",
              Rates.ofClock(series.speedUps));
      results.add(workers == 2 ? speedUp.judged(speedUp.median(), TWO_WORKERS) : speedUp);
    }
    Result share =
        Result.of(
            part, "Spark's share of an epoch", variant, "of 1", Rates.ofClock(series.sparkShares));
    results.add(
        workers > 2 ? share : share.judged(share.median(), workers == 1 ? ALONE : TOGETHER));
    results.add(
        Result.of(
            part,
            "Spark's time in an averaging round",
            variant,
            "ms",
            Rates.ofClock(series.roundMilliseconds)));
    return results;
  }

  private void train(int workers, int round, Series series) throws IOException {
    RunConfiguration.Builder builder = RunConfiguration.builder().dataTask(task.name());
    List.of(
            "model=snn",
            "rule=sbp",
            "training.batch=50",
            "averaging.every=10",
            "checkpoint.every=0",
            "training.epochs=" + EPOCHS,
            "training.workers=" + workers,
            "training.limit=" + effort.trainingSamples())
        .forEach(builder::set);
    TrainingSettings settings = TrainingSettings.of(builder.build().config());
    Path output = new Path(scratch, "run-" + workers + "-" + round);
    Task clocked = task;
    List<String> outputs = shards.manifest().outputNames();
    ClockedMeasure.takeComputedSeconds();
    try (JavaSparkContext spark = sparks.start(workers)) {
      TrainingData data =
          new TrainingData(
              SampleSet.of(spark, shards, Split.TRAIN, settings.limit()),
              SampleSet.empty(spark),
              SampleSet.empty(spark),
              shards.shape(),
              shards.manifest().fingerprint(),
              () -> new ClockedMeasure(clocked.newMeasure(outputs)));
      new TrainingJob(spark, settings, data, output, List.of(new EpochClock(workers, series)))
          .run(StartMode.NEW);
    }
  }

  /** Takes the measured epochs down. */
  private static final class EpochClock implements TrainingListener {
    private final int workers;
    private final Series series;
    private int rounds;

    EpochClock(int workers, Series series) {
      this.workers = workers;
      this.series = series;
    }

    @Override
    public void roundFinished(RoundReport round) {
      rounds = round.rounds();
    }

    @Override
    public void epochFinished(EpochReport epoch) {
      double computed = ClockedMeasure.takeComputedSeconds();
      if (epoch.epoch() > 1) {
        series.rates.add(epoch.samplesPerSecond());
        double beside = epoch.trainingSeconds() - computed / workers;
        series.sparkShares.add(beside / epoch.trainingSeconds());
        series.roundMilliseconds.add(1e3 * beside / rounds);
      }
    }
  }
}
