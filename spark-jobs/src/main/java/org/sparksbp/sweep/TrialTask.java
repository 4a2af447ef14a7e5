package org.sparksbp.sweep;

import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.kernel.MissingKernelsException;
import org.sparksbp.sweep.TrialRecord.Times;
import org.sparksbp.task.Split;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.LocalData;
import org.sparksbp.training.LocalState;
import org.sparksbp.training.LocalTraining;
import org.sparksbp.training.TrainingFailedException;
import org.sparksbp.training.TrainingListener;
import org.sparksbp.training.TrainingListener.RoundReport;
import org.sparksbp.training.TrainingOutcome.Ending;
import org.sparksbp.training.TrainingSettings;
import org.sparksbp.worker.LearnerSource;

/**
 * Trains one trial in one thread of an executor and leaves its record. What the trial itself does
 * wrong becomes a record; what hinders the process (data that cannot be read, a lost disk, kernels
 * it was started without) is thrown and retried by Spark.
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

  /** Trains as ordered, or finds that another process has; returns the summary's text. */
  String run(String text) throws IOException {
    TrialOrder order = TrialOrder.of(text);
    Optional<TrialRecord> ended = results.ended(order.id());
    TrialRecord record = ended.isPresent() ? ended.get() : train(order);
    return record.summary().toJson();
  }

  private TrialRecord train(TrialOrder order) throws IOException {
    ResultsFolder.Paused paused = results.paused(order.id(), order.epochs()).orElse(null);
    if (paused != null && paused.record().epochs().size() == order.epochs()) {
      return paused.record();
    }
    SweepData source = data.get(order.task());
    ExecutorSamples samples = ExecutorSamples.of(results.hadoop(), source);
    LocalData input =
        new LocalData(
            samples.first(Split.TRAIN, order.configuration().getLong("training.limit")),
            samples.first(Split.TEST, order.configuration().getLong("evaluation.limit")),
            samples.shape(),
            source.measures());
    return new Attempt(order, paused).run(input);
  }

  /** One go at a trial. */
  private final class Attempt implements TrainingListener {
    private final TrialOrder order;
    private final LocalState start;
    private final Times before;
    private final List<EpochReport> epochs;
    private final long startNanos = System.nanoTime();
    private final long startCpuNanos = cpuNanos();
    private long asideNanos;
    private long asideCpuNanos;
    private double complexity;

    Attempt(TrialOrder order, ResultsFolder.Paused paused) {
      this.order = order;
      this.start = paused == null ? null : paused.state();
      this.before = paused == null ? Times.NONE : paused.record().times();
      this.epochs = new ArrayList<>(paused == null ? List.of() : paused.record().epochs());
    }

    TrialRecord run(LocalData input) throws IOException {
      TrialRecord record;
      LocalTraining.Result result = null;
      try {
        result = train(input);
        record = record(status(result), reason(result));
      } catch (TaskKilledException | MissingKernelsException e) {
        throw e;
      } catch (TrainingFailedException e) {
        record = record(TrialStatus.FAILED, e.getMessage());
      } catch (RuntimeException | OutOfMemoryError e) {
        LOG.warn("Trial {} failed", order.id(), e);
        record = record(TrialStatus.FAILED, said(e));
      }
      if (record.isFinal()) {
        results.write(record);
      } else {
        results.pause(record, result.state());
      }
      return record;
    }

    private LocalTraining.Result train(LocalData input) throws IOException {
      LocalTraining training = new LocalTraining(TrainingSettings.of(order.configuration()), input);
      complexity = training.complexityPerEpoch();
      LocalState from = start == null ? training.start() : start;
      return order.portrait()
          ? trainPortrayed(training, from, input)
          : training.train(from, order.epochs(), List.of(this));
    }

    /** The same to the bit: a state between two epochs is all that the rest depends on. */
    private LocalTraining.Result trainPortrayed(
        LocalTraining training, LocalState from, LocalData input) throws IOException {
      TrialSnapshotRecorder portrait =
          new TrialSnapshotRecorder(
              results,
              order.id(),
              LearnerSource.of(order.configuration(), input.shape()),
              input.test(),
              input.measures().newMeasure());
      LocalState state = from;
      if (from.epochs().isEmpty()) {
        state = training.train(from, 1, List.of(this)).state();
        takeFirst(portrait, state);
      }
      LocalTraining.Result result = training.train(state, order.epochs(), List.of(this));
      takeLast(portrait, result.state());
      return result;
    }

    private void takeFirst(TrialSnapshotRecorder portrait, LocalState state) throws IOException {
      long start = System.nanoTime();
      long startCpu = cpuNanos();
      portrait.first(state.parameters());
      leaveOutSince(start, startCpu);
    }

    private void takeLast(TrialSnapshotRecorder portrait, LocalState state) throws IOException {
      long start = System.nanoTime();
      long startCpu = cpuNanos();
      portrait.last(state.epochs().size(), state.parameters());
      leaveOutSince(start, startCpu);
    }

    /** What a portrait takes is no part of what the trial takes. */
    private void leaveOutSince(long start, long startCpu) {
      asideNanos += System.nanoTime() - start;
      asideCpuNanos += cpuNanos() - startCpu;
    }

    private TrialStatus status(LocalTraining.Result result) {
      if (result.ending() == Ending.EARLY_STOPPED) {
        return TrialStatus.STOPPED;
      }
      return epochs.size() < order.configuration().getInt("training.epochs")
          ? TrialStatus.PAUSED
          : TrialStatus.DONE;
    }

    private String reason(LocalTraining.Result result) {
      return result.ending() == Ending.EARLY_STOPPED ? Reasons.plateau(order.configuration()) : "";
    }

    private TrialRecord record(TrialStatus status, String reason) {
      Times now =
          new Times(
              (System.nanoTime() - startNanos - asideNanos) / 1e9,
              (cpuNanos() - startCpuNanos - asideCpuNanos) / 1e9,
              ProcessMemory.peakBytes());
      return new TrialRecord(
          order.id(), order.about(), status, reason, complexity, epochs, before.plus(now));
    }

    @Override
    public void roundFinished(RoundReport round) {
      TaskContext task = TaskContext.get();
      if (task != null && task.isInterrupted()) {
        throw new TaskKilledException("the sweep was stopped");
      }
    }

    @Override
    public void epochFinished(EpochReport epoch) {
      epochs.add(epoch);
    }
  }

  private static String said(Throwable thrown) {
    return Reasons.of(thrown);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
