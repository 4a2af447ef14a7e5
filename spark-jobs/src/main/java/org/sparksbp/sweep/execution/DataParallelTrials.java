package org.sparksbp.sweep.execution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.checkpoint.Checkpoint;
import org.sparksbp.checkpoint.Checkpoints;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.cluster.WorkerCount;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.kernel.MissingKernelsException;
import org.sparksbp.learner.Learner;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.storage.LineFile;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.sweep.results.StopReasons;
import org.sparksbp.sweep.results.TrialJson;
import org.sparksbp.sweep.results.TrialRecord;
import org.sparksbp.sweep.results.TrialStatus;
import org.sparksbp.sweep.results.TrialSummary;
import org.sparksbp.training.EpochReport;
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
final class DataParallelTrials implements TrialExecution {

  private final JavaSparkContext spark;
  private final ResultsFolder results;
  private final Map<String, SweepData> data;
  private final SweepSettings settings;
  private volatile boolean stopped;
  private volatile TrainingJob current;

  DataParallelTrials(
      JavaSparkContext spark,
      ResultsFolder results,
      Map<String, SweepData> data,
      SweepSettings settings) {
    this.spark = spark;
    this.results = results;
    this.data = Map.copyOf(data);
    this.settings = settings;
  }

  @Override
  public int workers() {
    return WorkerCount.of(spark, settings.configuration());
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public void run(TrialQueue queue, Consumer<TrialSummary> ended, Runnable between)
      throws IOException {
    // One trial is trained at a time, so none is waited for.
    for (Optional<TrialRequest> next = queue.poll();
        !stopped && next.isPresent();
        next = queue.poll()) {
      TrialRequest request = next.get();
      Optional<TrialRecord> record = results.ended(request.id());
      if (record.isEmpty()) {
        record = new Trial(request).train();
      }
      record.map(TrialRecord::summary).ifPresent(ended);
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

  /** A trial in training. */
  private final class Trial {
    private final TrialRequest request;
    private final SweepData source;
    private final Path folder;
    private final TrialTimer timer = new TrialTimer();

    Trial(TrialRequest request) {
      this.request = request;
      this.source = data.get(request.task());
      this.folder =
          new Path(new Path(new Path(results.folder(), "runs"), settings.name()), request.id());
    }

    /** The trial's record; empty if a stop was requested before its end. */
    Optional<TrialRecord> train() throws IOException {
      TrialRecord record;
      try {
        TrainingOutcome outcome =
            request.snapshots() ? trainWithSnapshots() : trainTo(request.epochs());
        if (!isThere(outcome)) {
          return Optional.empty();
        }
        record = record(outcome);
        TrialModel model = new TrialModel(results, request);
        if (model.isAskedFor() && !outcome.epochs().isEmpty()) {
          model.keep(ModelFiles.read(results.hadoop(), outcome.bestModel()));
        }
      } catch (TrainingFailedException e) {
        // Where the model is kept is of no use: the run's folder does not stay.
        record = failed(e.withoutModel());
      } catch (RuntimeException e) {
        if (e.getCause() instanceof SparkException
            || e instanceof MissingKernelsException
            || e instanceof NoDeviceException) {
          throw e;
        }
        record = failed(e);
      }
      results.write(record);
      if (record.status() == TrialStatus.FAILED) {
        new TrialModel(results, request).drop();
      }
      if (record.hasEnded()) {
        folder.getFileSystem(results.hadoop()).delete(folder, true);
      }
      return Optional.of(record);
    }

    /** Whether training has come as far as it was to. */
    private boolean isThere(TrainingOutcome outcome) {
      return outcome.ending() != Ending.INTERRUPTED || outcome.epochs().size() >= request.epochs();
    }

    /** The same with a stop after the first epoch, when the network is looked at. */
    private TrainingOutcome trainWithSnapshots() throws IOException {
      TrialSnapshotRecorder snapshots = new TrialSnapshotRecorder(results, request, source);
      TrainingOutcome outcome = trainTo(1);
      Optional<float[]> parameters = parameters(outcome);
      if (outcome.epochs().size() == 1 && parameters.isPresent()) {
        snapshots.first(parameters.get());
      }
      if (!isThere(outcome) && !stopped) {
        outcome = trainTo(request.epochs());
      }
      parameters = parameters(outcome);
      if (parameters.isPresent()) {
        snapshots.last(outcome.epochs().size(), parameters.get());
      }
      return outcome;
    }

    /** Parameters after an epoch; empty if the run was stopped inside of one. */
    private Optional<float[]> parameters(TrainingOutcome outcome) throws IOException {
      if (outcome.ending() != Ending.INTERRUPTED) {
        return Optional.of(ModelFiles.read(results.hadoop(), outcome.model()).parameters());
      }
      return new Checkpoints(results.hadoop(), new Path(folder, "checkpoints"))
          .newest()
          .filter(checkpoint -> checkpoint.rounds() == 0)
          .map(Checkpoint::parameters);
    }

    private TrainingOutcome trainTo(int epochs) throws IOException {
      TrainingSettings settings = TrainingSettings.of(request.configuration());
      TrainingListener stopThere =
          new TrainingListener() {
            @Override
            public void epochFinished(EpochReport epoch) {
              if (epoch.epoch() >= epochs && epoch.epoch() < settings.epochs()) {
                current.requestStop();
              }
            }
          };
      TrainingData input = TrainingData.of(spark, shards(), source.measures(), settings);
      TrainingJob job = new TrainingJob(spark, settings, input, folder, List.of(stopThere));
      current = job;
      return job.run(StartMode.RESUME);
    }

    private ShardSet shards() throws IOException {
      return ShardSet.open(results.hadoop(), new Path(source.folder()));
    }

    private TrialRecord record(TrainingOutcome outcome) throws IOException {
      TrialStatus status = status(outcome);
      String reason =
          status == TrialStatus.STOPPED ? StopReasons.plateau(request.configuration()) : "";
      return record(status, reason, complexity(), outcome.epochs());
    }

    private TrialStatus status(TrainingOutcome outcome) {
      return switch (outcome.ending()) {
        case INTERRUPTED -> TrialStatus.PAUSED;
        case EARLY_STOPPED -> TrialStatus.STOPPED;
        case FINISHED, ALREADY_DONE ->
            outcome.epochs().size() < request.allEpochs() ? TrialStatus.STOPPED : TrialStatus.DONE;
      };
    }

    private double complexity() throws IOException {
      LearnerSource learners = LearnerSource.of(request.configuration(), shards().shape());
      try (Learner learner = learners.create()) {
        return learner.complexityPerEpoch();
      }
    }

    private TrialRecord failed(RuntimeException e) throws IOException {
      List<EpochReport> epochs = new ArrayList<>();
      LineFile metrics = new LineFile(results.hadoop(), new Path(folder, "metrics.jsonl"));
      for (String line : metrics.read()) {
        epochs.add(TrialJson.epoch(line));
      }
      return record(TrialStatus.FAILED, StopReasons.failure(e), 0, epochs);
    }

    private TrialRecord record(
        TrialStatus status, String reason, double complexity, List<EpochReport> epochs) {
      return new TrialRecord(
          request.about(), status, reason, complexity, timer.ofManyThreads(), epochs);
    }
  }
}
