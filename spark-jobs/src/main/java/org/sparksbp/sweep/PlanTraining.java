package org.sparksbp.sweep;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sparksbp.sweep.execution.AsynchronousTrials;
import org.sparksbp.sweep.execution.PendingTrials;
import org.sparksbp.sweep.execution.TrialExecution;
import org.sparksbp.sweep.execution.TrialQueue;
import org.sparksbp.sweep.plan.AsynchronousHalving;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.StoppedPoints;
import org.sparksbp.sweep.plan.SuccessiveHalving;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.Compaction;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.TrialListener;
import org.sparksbp.sweep.results.TrialSummary;

/** Trains what a plan holds, from rung to rung where points are stopped early. */
final class PlanTraining {

  private final SweepSettings settings;
  private final TrialPlan plan;
  private final Function<String, String> fingerprints;
  private final ResultsFolder results;
  private final ResultsIndex index;
  private final Compaction compaction;
  private final TrialExecution execution;
  private final SweepTally tally;
  private final int limit;
  private final BooleanSupplier stopRequested;
  private final SuccessiveHalving halving;
  private StoppedPoints stopped;

  /**
   * Nothing trained yet.
   *
   * @param fingerprints of prepared data by task
   * @param limit most trials to train
   * @param stopRequested whether the sweep is to end soon
   */
  PlanTraining(
      SweepSettings settings,
      TrialPlan plan,
      Function<String, String> fingerprints,
      ResultsFolder results,
      ResultsIndex index,
      Compaction compaction,
      TrialExecution execution,
      SweepTally tally,
      int limit,
      BooleanSupplier stopRequested) {
    this.settings = settings;
    this.plan = plan;
    this.fingerprints = fingerprints;
    this.results = results;
    this.index = index;
    this.compaction = compaction;
    this.execution = execution;
    this.tally = tally;
    this.limit = limit;
    this.stopRequested = stopRequested;
    this.halving = settings.successiveHalving(plan.mostPoints());
    this.stopped = halving;
  }

  /** The points that were left behind at a rung so far. */
  StoppedPoints stopped() {
    return stopped;
  }

  /** Trains what is planned; tells whether all of it has ended. */
  boolean train(TrialListener events) throws IOException {
    try (events) {
      Consumer<TrialSummary> ended =
          summary -> {
            index.put(summary);
            compaction.added();
            tally.ended(summary);
            events.ended(summary);
          };
      int epochs = 0;
      for (PlannedTrial trial : plan) {
        epochs = Math.max(epochs, trial.epochs());
      }
      return settings.stopsAsynchronously()
          ? trainAsynchronously(epochs, ended)
          : trainTogether(epochs, ended);
    }
  }

  private boolean trainAsynchronously(int epochs, Consumer<TrialSummary> ended) throws IOException {
    int points = plan.points();
    AsynchronousHalving asynchronous = settings.asynchronousHalving(points, epochs);
    stopped = asynchronous;
    TrialQueue queue =
        new AsynchronousTrials(
            settings, plan, fingerprints, asynchronous, index, limit - tally.ran());
    if (!train(queue, ended)) {
      return false;
    }
    asynchronous.finish();
    Set<Integer> left = new HashSet<>();
    for (int point = 0; point < points; point++) {
      if (asynchronous.stoppedAt(point) > 0) {
        left.add(point);
      }
    }
    deleteStates(left);
    return true;
  }

  private boolean trainTogether(int epochs, Consumer<TrialSummary> ended) throws IOException {
    for (int rung : halving.rungs(epochs)) {
      if (!trainTo(rung, ended)) {
        return false;
      }
      List<Integer> left =
          halving.judge(rung, plan, trial -> index.get(trial.id()).orElseThrow().best(rung));
      deleteStates(Set.copyOf(left));
    }
    return trainTo(Integer.MAX_VALUE, ended);
  }

  /** Trains all trials that go on up to some epochs; tells whether all have reached them. */
  private boolean trainTo(int epochs, Consumer<TrialSummary> ended) throws IOException {
    return train(
        new PendingTrials(
            settings, plan, fingerprints, halving, index, epochs, limit - tally.ran()),
        ended);
  }

  private boolean train(TrialQueue queue, Consumer<TrialSummary> ended) throws IOException {
    tally.started();
    execution.run(queue, ended.andThen(queue::ended), compaction::run);
    return !stopRequested.getAsBoolean() && !queue.limitReached();
  }

  private void deleteStates(Set<Integer> points) throws IOException {
    for (PlannedTrial trial : plan) {
      if (points.contains(trial.point())) {
        results.deleteStates(trial.id());
        compaction.added();
      }
    }
  }
}
