package org.sparksbp.training;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.checkpoint.Checkpoint;
import org.sparksbp.cluster.ClusterDevices;
import org.sparksbp.cluster.LaunchWatch;
import org.sparksbp.cluster.WorkerCount;
import org.sparksbp.evaluation.EvaluationResult;
import org.sparksbp.evaluation.Evaluator;
import org.sparksbp.evaluation.SampleSet;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.rounds.EpochSchedule;
import org.sparksbp.rounds.RoundTask;
import org.sparksbp.rounds.SparkRounds;
import org.sparksbp.training.TrainingListener.RunStart;
import org.sparksbp.training.TrainingOutcome.Ending;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.SampleBlocks;

/** Trains a model and leaves it, its metrics and its checkpoints in a folder. */
public final class TrainingJob {

  /** Time that Spark's jobs have to end by themselves once a stop is requested. */
  private static final int STOP_SECONDS = 4;

  private final JavaSparkContext spark;
  private final ClusterDevices devices;
  private TrainingSettings settings;
  private final TrainingData data;
  private final Path output;
  private final List<TrainingListener> listeners;
  private final String jobGroup = "training " + UUID.randomUUID();
  private volatile boolean stopRequested;
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * Prepares a run.
   *
   * @param output folder of the run, on any Hadoop file system
   * @param listeners told what happens, in this order
   * @throws com.typesafe.config.ConfigException if the model's settings make no sense
   * @throws IllegalArgumentException if there is no such model, or no training sample
   */
  public TrainingJob(
      JavaSparkContext spark,
      TrainingSettings settings,
      TrainingData data,
      Path output,
      List<TrainingListener> listeners) {
    if (data.train().count() == 0) {
      throw new IllegalArgumentException("Cannot train: the data has no training samples");
    }
    this.spark = spark;
    this.devices = new ClusterDevices(spark);
    this.settings = settings.withKernels();
    this.data = data;
    this.output = output;
    this.listeners = List.copyOf(listeners);
    ModelType.named(settings.model()).check(settings.configuration());
  }

  /**
   * Trains to the end, to a plateau or to a requested stop.
   *
   * @throws TrainingFailedException if parameters or outputs are no longer finite
   * @throws RunConflictException if the folder holds another run, or this one without its end and
   *     {@code mode} is not {@link StartMode#RESUME}
   * @throws com.typesafe.config.ConfigException if the model cannot be built from the settings
   * @throws org.sparksbp.device.NoDeviceException if it is to compute on GPUs and cannot
   */
  public TrainingOutcome run(StartMode mode) throws IOException {
    settings = settings.withDevice(devices);
    if (settings.workers() == 0) {
      settings = settings.withWorkers(decidedWorkers());
    }
    String run = settings.task() + ", " + settings.model();
    try (NamedJobs ignored = NamedJobs.of(spark, run)) {
      spark.setJobGroup(jobGroup, run);
      return trainIn(mode);
    } finally {
      ended.countDown();
      spark.sc().setLocalProperty(LaunchWatch.JOB_GROUP, null);
    }
  }

  /** The settings of the run; once it runs, with all decided that they left open. */
  public TrainingSettings settings() {
    return settings;
  }

  /** That of the run that the folder holds already, on however many cores or GPUs this one is. */
  private int decidedWorkers() throws IOException {
    OptionalInt recorded = RunFolder.recordedWorkers(spark.hadoopConfiguration(), output);
    return recorded.isPresent()
        ? recorded.getAsInt()
        : WorkerCount.of(spark, settings.configuration());
  }

  private TrainingOutcome trainIn(StartMode mode) throws IOException {
    LearnerSource learners =
        new LearnerSource(settings.model(), settings.configuration(), data.shape());
    float[] initial;
    ParameterLayout layout;
    try (Learner learner = learners.create()) {
      initial = learner.parameters();
      layout = learner.layout();
    }
    RunFolder folder =
        new RunFolder(
            spark.hadoopConfiguration(),
            output,
            RunIdentity.of(settings.configuration(), data.fingerprint(), SoftwareVersion.current()),
            devices.gpu());
    RunFolder.Found found = folder.claim(mode);
    RunState state =
        found == RunFolder.Found.FINISHED
            ? RunState.between(folder.readMetrics(), initial, data.measures())
            : restore(folder, initial);
    RunRecords records = new RunRecords(folder, settings, data, layout);
    TrainingOutcome outcome =
        found == RunFolder.Found.FINISHED
            ? records.outcome(Ending.ALREADY_DONE, state)
            : train(learners, layout, records, folder, state);
    listeners.forEach(listener -> listener.finished(outcome));
    return outcome;
  }

  /**
   * Ends the run after the rounds that are being trained, with a checkpoint; from any thread. What
   * takes longer than a few seconds is cancelled, and the rounds that have ended before it count.
   */
  public void requestStop() {
    stopRequested = true;
    Thread impatient = new Thread(this::cancelUntilEnded, "stop of training");
    impatient.setDaemon(true);
    impatient.start();
  }

  private void cancelUntilEnded() {
    try {
      while (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        spark.sc().cancelJobGroup(jobGroup);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RunState restore(RunFolder folder, float[] initial) throws IOException {
    Optional<Checkpoint> checkpoint = folder.checkpoints().newest();
    if (checkpoint.isPresent() && !checkpoint.get().run().equals(folder.run())) {
      throw new RunConflictException(
          "Cannot go on in "
              + output
              + ": its newest checkpoint is of run "
              + checkpoint.get().run()
              + ", this is "
              + folder.run()
              + ". Another process may still write there: give another folder");
    }
    RunState state =
        checkpoint.isPresent()
            ? RunState.of(checkpoint.get(), data.measures())
            : RunState.between(List.of(), initial, data.measures());
    folder.restoreMetrics(state.reports(), data.fingerprint());
    return state;
  }

  private TrainingOutcome train(
      LearnerSource learners,
      ParameterLayout layout,
      RunRecords records,
      RunFolder folder,
      RunState state)
      throws IOException {
    long samples = data.train().count();
    Selection selection = settings.selection(data.validation().count(), data.test().count());
    RunStart start =
        new RunStart(
            folder.run(),
            settings,
            data.shape(),
            layout.size(),
            samples,
            data.validation().count(),
            data.test().count(),
            selection,
            state.reports(),
            state.epochs() + 1,
            state.rounds());
    listeners.forEach(listener -> listener.started(start));
    EpochSchedule schedule = EpochSchedule.of(settings.rounds(), samples);
    try (SparkRounds rounds =
            new SparkRounds(
                spark,
                settings.configuration(),
                new RoundTask(learners, data.measures(), settings.rounds(), schedule),
                AveragingRule.of(settings.rounds().mode(), layout),
                SampleBlocks.dealt(data.train().samples(), samples, settings.workers()));
        Evaluator validation = evaluator(learners, data.validation());
        Evaluator test = evaluator(learners, data.test())) {
      state.memories().ifPresent(rounds.memories()::readFrom);
      TrainingLoop loop =
          new TrainingLoop(
              settings.earlyStopping(),
              schedule.roundsPerEpoch(),
              rounds.engine(),
              new EpochEvaluation(
                  selection,
                  measuring(validation, "measure validation samples"),
                  measuring(test, "measure test samples")),
              records.with(rounds.memories()),
              listeners,
              () -> stopRequested);
      Ending ending = loop.run(state, settings.epochs());
      return records.finish(ending, state);
    }
  }

  /** Measures samples, or null without any. */
  private Evaluator evaluator(LearnerSource learners, SampleSet samples) {
    return samples.count() == 0 ? null : new Evaluator(spark, learners, samples, data.measures());
  }

  private Optional<Function<float[], EvaluationResult>> measuring(
      Evaluator evaluator, String name) {
    return Optional.ofNullable(evaluator)
        .map(
            found ->
                parameters -> {
                  try (NamedJobs ignored = NamedJobs.of(spark, name)) {
                    return found.evaluate(parameters);
                  }
                });
  }
}
