package org.sparksbp.sweep;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.evaluation.SampleSet;
import org.sparksbp.kernel.MissingKernelsException;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.LineFile;
import org.sparksbp.sweep.TrialRecord.Times;
import org.sparksbp.task.Split;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.MetricsLine;
import org.sparksbp.training.StartMode;
import org.sparksbp.training.TrainingData;
import org.sparksbp.training.TrainingFailedException;
import org.sparksbp.training.TrainingJob;
import org.sparksbp.training.TrainingListener;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingOutcome.Ending;
import org.sparksbp.training.TrainingSettings;
import org.sparksbp.worker.LearnerSource;

/**
 * Trains one trial after another, each data-parallel with all of Spark. A trial's run lies in
 * {@code runs/SWEEP/ID} until it has ended, so a killed one goes on from its checkpoint.
 */
final class OneAfterAnother implements TrialExecution {

  private final JavaSparkContext spark;
  private final ResultsFolder results;
  private final Map<String, SweepData> data;
  private final String sweep;
  private volatile boolean stopped;
  private volatile TrainingJob current;

  OneAfterAnother(
      JavaSparkContext spark, ResultsFolder results, Map<String, SweepData> data, String sweep) {
    this.spark = spark;
    this.results = results;
    this.data = Map.copyOf(data);
    this.sweep = sweep;
  }

  @Override
  public int workers() {
    return spark.defaultParallelism();
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public void run(Iterator<String> orders, Consumer<TrialSummary> ended, Runnable between)
      throws IOException {
    while (!stopped && orders.hasNext()) {
      TrialOrder order = TrialOrder.of(orders.next());
      TrialRecord record = results.ended(order.id()).orElse(null);
      if (record == null) {
        record = train(order);
      }
      if (record != null) {
        ended.accept(record.summary());
      }
      between.run();
    }
  }

  @Override
  public void stop() {
    stopped = true;
    TrainingJob job = current;
    if (job != null) {
      job.requestStop();
    }
  }

  /** The trial's record, or null if a stop was requested before its end. */
  private TrialRecord train(TrialOrder order) throws IOException {
    Path folder = new Path(new Path(new Path(results.folder(), "runs"), sweep), order.id());
    long start = System.nanoTime();
    TrialRecord record;
    try {
      TrainingOutcome outcome = order.portrait() ? portrayed(order, folder) : job(order, folder);
      if (outcome.ending() == Ending.INTERRUPTED && outcome.epochs().size() < order.epochs()) {
        return null;
      }
      record = record(order, status(order, outcome), outcome.epochs(), start);
    } catch (TrainingFailedException e) {
      // Where the model is kept is of no use: the run's folder does not stay.
      record = failed(order, e.withoutModel().getMessage(), folder, start);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof SparkException || e instanceof MissingKernelsException) {
        throw e;
      }
      record = failed(order, Reasons.of(e), folder, start);
    }
    results.write(record);
    if (record.isFinal()) {
      folder.getFileSystem(results.hadoop()).delete(folder, true);
    }
    return record;
  }

  /** The same with a stop after the first epoch, when the network is looked at. */
  private TrainingOutcome portrayed(TrialOrder order, Path folder) throws IOException {
    RunSnapshotRecorder portrait =
        new RunSnapshotRecorder(results, order, data.get(order.task()), folder);
    TrainingOutcome outcome = job(order, 1, folder);
    portrait.first(outcome);
    if (outcome.ending() == Ending.INTERRUPTED
        && outcome.epochs().size() < order.epochs()
        && !stopped) {
      outcome = job(order, order.epochs(), folder);
    }
    portrait.last(outcome);
    return outcome;
  }

  private TrainingOutcome job(TrialOrder order, Path folder) throws IOException {
    return job(order, order.epochs(), folder);
  }

  private TrainingOutcome job(TrialOrder order, int epochs, Path folder) throws IOException {
    TrainingSettings settings = TrainingSettings.of(order.configuration());
    SweepData source = data.get(order.task());
    ShardSet shards = ShardSet.open(results.hadoop(), new Path(source.folder()));
    TrainingData input =
        new TrainingData(
            samples(shards, Split.TRAIN, 0),
            samples(shards, Split.TEST, order.configuration().getLong("evaluation.limit")),
            shards.shape(),
            source.fingerprint(),
            source.measures());
    TrainingListener atRung =
        new TrainingListener() {
          @Override
          public void epochFinished(EpochReport epoch) {
            if (epoch.epoch() >= epochs && epoch.epoch() < settings.epochs()) {
              current.requestStop();
            }
          }
        };
    TrainingJob job = new TrainingJob(spark, settings, input, folder, List.of(atRung));
    current = job;
    return job.run(StartMode.RESUME);
  }

  private SampleSet samples(ShardSet shards, Split split, long limit) {
    JavaPairRDD<Long, Sample> all = shards.samples(spark, split);
    long count = shards.count(split);
    return limit == 0 || limit >= count
        ? new SampleSet(all, count)
        : new SampleSet(all.filter(sample -> sample._1() < limit), limit);
  }

  private static TrialStatus status(TrialOrder order, TrainingOutcome outcome) {
    return switch (outcome.ending()) {
      case INTERRUPTED -> TrialStatus.PAUSED;
      case EARLY_STOPPED -> TrialStatus.STOPPED;
      case FINISHED, ALREADY_DONE ->
          outcome.epochs().size() < order.configuration().getInt("training.epochs")
              ? TrialStatus.STOPPED
              : TrialStatus.DONE;
    };
  }

  private TrialRecord failed(TrialOrder order, String reason, Path folder, long start)
      throws IOException {
    List<EpochReport> epochs = new ArrayList<>();
    LineFile metrics = new LineFile(results.hadoop(), new Path(folder, "metrics.jsonl"));
    for (String line : metrics.read()) {
      epochs.add(MetricsLine.read(new ObjectMapper().readTree(line)));
    }
    return new TrialRecord(
        order.id(), order.about(), TrialStatus.FAILED, reason, 0, epochs, times(start));
  }

  private TrialRecord record(
      TrialOrder order, TrialStatus status, List<EpochReport> epochs, long start)
      throws IOException {
    String reason = status == TrialStatus.STOPPED ? Reasons.plateau(order.configuration()) : "";
    return new TrialRecord(
        order.id(), order.about(), status, reason, complexity(order), epochs, times(start));
  }

  private double complexity(TrialOrder order) throws IOException {
    Path place = new Path(data.get(order.task()).folder());
    NetworkShape shape = ShardSet.open(results.hadoop(), place).shape();
    String model = order.configuration().getString("model");
    try (Learner learner = new LearnerSource(model, order.configuration(), shape).create()) {
      return learner.complexityPerEpoch();
    }
  }

  private static Times times(long start) {
    return new Times((System.nanoTime() - start) / 1e9, 0, ProcessMemory.peakBytes());
  }
}
