package org.sparksbp.sweep.execution;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceMemoryException;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.kernel.MissingKernelsException;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.sweep.results.StopReasons;
import org.sparksbp.sweep.results.TrialFiles;
import org.sparksbp.sweep.results.TrialRecord;
import org.sparksbp.sweep.results.TrialRecord.Times;
import org.sparksbp.sweep.results.TrialStatus;
import org.sparksbp.sweep.results.TrialSummary;
import org.sparksbp.task.Split;
import org.sparksbp.training.BestEpochs;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.LocalData;
import org.sparksbp.training.LocalState;
import org.sparksbp.training.LocalTraining;
import org.sparksbp.training.RunModel;
import org.sparksbp.training.TrainingFailedException;
import org.sparksbp.training.TrainingListener;
import org.sparksbp.training.TrainingOutcome.Ending;
import org.sparksbp.training.TrainingSettings;
import org.sparksbp.validation.LocalSplit;
import org.sparksbp.worker.LearnerSource;

/**
 * Trains one trial in one thread of an executor and leaves its record. What the trial itself does
 * wrong becomes a record; what hinders the process (data that cannot be read, a lost disk, kernels
 * it was started without, a GPU that is not the run's) is thrown and retried by Spark.
 */
final class TrialTask implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(TrialTask.class);

  private final ResultsFolder results;
  private final Map<String, SweepData> data;

  /**
   * A task.
   *
   * @param data by task
   */
  TrialTask(ResultsFolder results, Map<String, SweepData> data) {
    this.results = results;
    this.data = Map.copyOf(data);
  }

  /** Trains as asked, those side by side that no other process has trained. */
  List<TrialSummary> run(List<TrialRequest> requests) throws IOException {
    if (requests.size() == 1) {
      return List.of(run(requests.get(0)));
    }
    List<TrialSummary> summaries = new ArrayList<>();
    List<TrialRequest> left = new ArrayList<>();
    for (TrialRequest request : requests) {
      Optional<TrialRecord> found = found(request);
      found.ifPresentOrElse(record -> summaries.add(record.summary()), () -> left.add(request));
    }
    summaries.addAll(trainTogether(left));
    return summaries;
  }

  private List<TrialSummary> trainTogether(List<TrialRequest> requests) throws IOException {
    if (requests.size() < 2) {
      return requests.isEmpty() ? List.of() : List.of(run(requests.get(0)));
    }
    try {
      return new SideBySide(pack(requests)).run(requests, this::train);
    } catch (DeviceMemoryException | ConfigException e) {
      // Fewer may have room, and one alone tells in its record what is wrong with it.
      LOG.info("Splitting a pack of {} trials: {}", requests.size(), e.getMessage());
      int half = requests.size() / 2;
      List<TrialSummary> summaries = new ArrayList<>(run(requests.subList(0, half)));
      summaries.addAll(run(requests.subList(half, requests.size())));
      return summaries;
    }
  }

  private LearnerPack pack(List<TrialRequest> requests) throws IOException {
    TrialRequest first = requests.get(0);
    NetworkShape shape = ExecutorSamples.of(results.hadoop(), data.get(first.task())).shape();
    Device device = LearnerSource.of(first.configuration(), shape).taskDevice();
    DeviceModelType type =
        (DeviceModelType) ModelType.named(first.configuration().getString("model"));
    return LearnerPack.of(
        type, device, requests.stream().map(TrialRequest::configuration).toList(), shape);
  }

  private Optional<TrialRecord> found(TrialRequest request) throws IOException {
    TrialFiles files = results.files(request.id());
    Optional<TrialRecord> ended = results.ended(files);
    return ended.isPresent()
        ? ended
        : results
            .paused(files, request.epochs())
            .map(ResultsFolder.Paused::record)
            .filter(record -> record.epochs().size() == request.epochs());
  }

  private TrialSummary train(TrialRequest request, Learner member) throws IOException {
    TrialFiles files = results.files(request.id());
    ResultsFolder.Paused paused = results.paused(files, request.epochs()).orElse(null);
    return new Attempt(request, files, paused, member).run(true).summary();
  }

  /** Trains as asked, or finds that another process has. */
  TrialSummary run(TrialRequest request) throws IOException {
    TrialFiles files = results.files(request.id());
    Optional<TrialRecord> ended = results.ended(files);
    TrialRecord record = ended.isPresent() ? ended.get() : train(request, files);
    return record.summary();
  }

  private TrialRecord train(TrialRequest request, TrialFiles files) throws IOException {
    ResultsFolder.Paused paused = results.paused(files, request.epochs()).orElse(null);
    if (paused != null && paused.record().epochs().size() == request.epochs()) {
      return paused.record();
    }
    return trainInTurn(request, files, paused);
  }

  /**
   * Trains beside others of the process as far as memory should suffice for all, and alone where it
   * did not: that one was the last to ask for some does not say that it needs most.
   */
  private TrialRecord trainInTurn(
      TrialRequest request, TrialFiles files, ResultsFolder.Paused paused) throws IOException {
    try (TrialMemory.Share share = TrialMemory.OF_PROCESS.take(memory(request))) {
      return new Attempt(request, files, paused, null).run(share.isAll());
    } catch (OutOfMemoryError e) {
      LOG.warn("Trial {} ran out of memory beside others and is trained alone", request.id(), e);
    }
    try (TrialMemory.Share ignored = TrialMemory.OF_PROCESS.takeAll()) {
      return new Attempt(request, files, paused, null).run(true);
    }
  }

  private long memory(TrialRequest request) throws IOException {
    NetworkShape shape = ExecutorSamples.of(results.hadoop(), data.get(request.task())).shape();
    return TrialMemory.estimate(request.configuration(), shape);
  }

  /** One go at a trial. */
  private final class Attempt implements TrainingListener {
    private final TrialRequest request;
    private final TrialFiles files;
    private final Learner member;
    private final SweepData source;
    private final TrialModel model;
    private final LocalState start;
    private final Times before;
    private final List<EpochReport> epochs;
    private TrialTimer timer;
    private double complexity;

    /** An attempt, with a member of a pack or, where that is null, with learners of its own. */
    Attempt(TrialRequest request, TrialFiles files, ResultsFolder.Paused paused, Learner member) {
      this.request = request;
      this.files = files;
      this.member = member;
      this.source = data.get(request.task());
      this.model = new TrialModel(results, request);
      this.start = paused == null ? null : paused.state();
      this.before = paused == null ? Times.NONE : paused.record().times();
      this.epochs = new ArrayList<>(paused == null ? List.of() : paused.record().epochs());
    }

    /**
     * Trains.
     *
     * @param alone whether running out of memory is the trial's own failure
     * @throws OutOfMemoryError if it is not
     */
    TrialRecord run(boolean alone) throws IOException {
      timer = new TrialTimer();
      TrainingSettings settings;
      try {
        settings = TrainingSettings.of(request.configuration());
      } catch (ConfigException e) {
        // The trial's own, unlike what may go wrong while its data is read.
        TrialRecord record = record(TrialStatus.FAILED, StopReasons.failure(e));
        results.end(record, files);
        return record;
      }
      return run(settings, alone);
    }

    private TrialRecord run(TrainingSettings settings, boolean alone) throws IOException {
      LocalData input = input(settings);
      timer = new TrialTimer();
      TrialRecord record;
      LocalTraining.Result result = null;
      try {
        result = train(settings, input);
        record = record(status(result), reason(result));
      } catch (TaskKilledException | MissingKernelsException | NoDeviceException e) {
        throw e;
      } catch (TrainingFailedException e) {
        record = record(TrialStatus.FAILED, e.getMessage());
      } catch (DeviceMemoryException e) {
        if (member != null) {
          throw e; // of all members: fewer may have room
        }
        record = record(TrialStatus.FAILED, StopReasons.failure(e));
      } catch (RuntimeException | OutOfMemoryError e) {
        if (e instanceof OutOfMemoryError tooLittle && !alone) {
          throw tooLittle;
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new TaskKilledException("the sweep was stopped");
        }
        LOG.warn("Trial {} failed", request.id(), e);
        record = record(TrialStatus.FAILED, StopReasons.failure(e));
      }
      if (record.status() == TrialStatus.FAILED) {
        model.drop();
      }
      if (record.hasEnded()) {
        results.end(record, files);
      } else {
        results.pause(record, result.state(), files);
      }
      return record;
    }

    private LocalData input(TrainingSettings settings) throws IOException {
      ExecutorSamples samples = ExecutorSamples.of(results.hadoop(), source);
      LocalSplit split = samples.divided(settings.limit(), settings.validation());
      return new LocalData(
          split.train(),
          split.validation(),
          samples.first(Split.TEST, settings.configuration().getLong("evaluation.limit")),
          samples.shape(),
          source.measures());
    }

    private LocalTraining.Result train(TrainingSettings settings, LocalData input)
        throws IOException {
      LocalTraining training = new LocalTraining(settings, input, member);
      complexity = training.complexityPerEpoch();
      LocalState from = start == null ? training.start() : start;
      BestEpochs best = model.isAskedFor() ? keeping(settings, training, input) : BestEpochs.NONE;
      return request.snapshots()
          ? trainWithSnapshots(training, from, best)
          : training.train(from, request.epochs(), List.of(this), best);
    }

    private BestEpochs keeping(TrainingSettings settings, LocalTraining training, LocalData input) {
      RunModel models =
          new RunModel(
              request.id(), settings, source.fingerprint(), input.shape(), training.layout());
      return (report, parameters) ->
          timer.leaveOut(() -> model.keep(models.after(report, parameters)));
    }

    /** The same to the bit: a state between two epochs is all that the rest depends on. */
    private LocalTraining.Result trainWithSnapshots(
        LocalTraining training, LocalState from, BestEpochs best) throws IOException {
      TrialSnapshotRecorder snapshots = new TrialSnapshotRecorder(results, request, source);
      LocalState state = from;
      if (from.epochs().isEmpty()) {
        LocalState first = training.train(from, 1, List.of(this), best).state();
        timer.leaveOut(() -> snapshots.first(first.parameters()));
        state = first;
      }
      LocalTraining.Result result = training.train(state, request.epochs(), List.of(this), best);
      LocalState last = result.state();
      timer.leaveOut(() -> snapshots.last(last.epochs().size(), last.parameters()));
      return result;
    }

    private TrialStatus status(LocalTraining.Result result) {
      if (result.ending() == Ending.EARLY_STOPPED) {
        return TrialStatus.STOPPED;
      }
      return epochs.size() < request.allEpochs() ? TrialStatus.PAUSED : TrialStatus.DONE;
    }

    private String reason(LocalTraining.Result result) {
      return result.ending() == Ending.EARLY_STOPPED
          ? StopReasons.plateau(request.configuration())
          : "";
    }

    private TrialRecord record(TrialStatus status, String reason) {
      Times times = before.plus(timer.ofThread());
      return new TrialRecord(request.about(), status, reason, complexity, times, epochs);
    }

    @Override
    public void roundFinished(TrainingListener.RoundReport round) {
      TaskContext task = TaskContext.get();
      if (Thread.currentThread().isInterrupted() || (task != null && task.isInterrupted())) {
        throw new TaskKilledException("the sweep was stopped");
      }
    }

    @Override
    public void epochFinished(EpochReport epoch) {
      epochs.add(epoch);
    }
  }
}
