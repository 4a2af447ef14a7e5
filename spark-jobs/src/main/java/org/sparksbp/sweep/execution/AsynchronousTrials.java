package org.sparksbp.sweep.execution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.sparksbp.sweep.plan.AsynchronousHalving;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.SuccessiveHalving;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.TrialSummary;

/**
 * The trials of asynchronous halving: those of points that go on from a rung, the highest rung
 * first, and while there are none those of points that have not begun.
 */
public final class AsynchronousTrials implements TrialQueue {

  private static final long PATIENCE_MILLISECONDS = 500;

  private final SweepSettings settings;
  private final Iterator<PlannedTrial> planned;
  private final int trialsOfAPoint;
  private final Function<String, String> fingerprints;
  private final AsynchronousHalving halving;
  private final ResultsIndex index;
  private final int limit;
  private final Map<Integer, List<PlannedTrial>> begun = new HashMap<>(); // by point
  private final Map<String, Set<Integer>> pointsOf = new HashMap<>(); // that wait for a trial
  private final PriorityQueue<Ready> ready =
      new PriorityQueue<>(
          Comparator.comparingInt(Ready::height).reversed().thenComparing(Ready::number));
  private final Set<String> inTraining = new HashSet<>();
  private int requested;
  private long numbered;

  /**
   * A trial that can be trained.
   *
   * @param height rungs that its point has gone on from
   * @param number in the order in which they became ready
   */
  private record Ready(PlannedTrial trial, int height, long number) {}

  /**
   * Begins with the plan's first point.
   *
   * @param fingerprints of prepared data by task
   * @param index of what is there already
   * @param limit most trials
   */
  public AsynchronousTrials(
      SweepSettings settings,
      TrialPlan plan,
      Function<String, String> fingerprints,
      AsynchronousHalving halving,
      ResultsIndex index,
      int limit) {
    this.settings = settings;
    this.planned = plan.iterator();
    this.trialsOfAPoint = plan.trialsOfAPoint();
    this.fingerprints = fingerprints;
    this.halving = halving;
    this.index = index;
    this.limit = limit;
  }

  /** What goes on next is not known much longer before. */
  @Override
  public int trialsOfACore() {
    return 1;
  }

  @Override
  public synchronized Optional<TrialRequest> poll() {
    if (requested >= limit || !findReady()) {
      return Optional.empty();
    }
    PlannedTrial trial = ready.remove().trial();
    requested++;
    inTraining.add(trial.id());
    return Optional.of(TrialRequest.of(trial, epochsOf(trial), settings, fingerprints));
  }

  @Override
  public synchronized boolean limitReached() {
    return requested >= limit && findReady();
  }

  /** Leaves a trial that is to be trained first in the queue, if there is one now. */
  private boolean findReady() {
    while (true) {
      while (!ready.isEmpty() && !isWanted(ready.peek().trial())) {
        ready.remove();
      }
      if (!ready.isEmpty()) {
        return true;
      }
      if (!planned.hasNext()) {
        return false;
      }
      beginPoint();
    }
  }

  /** Whether a trial is to be trained now: another point may have the same one. */
  private boolean isWanted(PlannedTrial trial) {
    return !reaches(trial) && !inTraining.contains(trial.id());
  }

  private void beginPoint() {
    List<PlannedTrial> trials = new ArrayList<>();
    while (trials.size() < trialsOfAPoint) {
      trials.add(planned.next());
    }
    int point = trials.get(0).point();
    begun.put(point, trials);
    goOn(point);
  }

  /** Gets a point's trials ready; those that are as far already may let others go on at once. */
  private void goOn(int point) {
    List<Integer> going = new ArrayList<>(List.of(point));
    while (!going.isEmpty()) {
      int next = going.remove(0);
      begun.get(next).forEach(this::getReady);
      going.addAll(judged(next));
    }
  }

  private void getReady(PlannedTrial trial) {
    if (!reaches(trial)) {
      pointsOf.computeIfAbsent(trial.id(), id -> new HashSet<>()).add(trial.point());
      ready.add(new Ready(trial, halving.height(trial.point()), numbered++));
    }
  }

  /** Which points go on because a point has got to its rung, if it has. */
  private List<Integer> judged(int point) {
    List<PlannedTrial> trials = begun.get(point);
    if (!trials.stream().allMatch(this::reaches)) {
      return List.of();
    }
    int epochs = halving.epochs(point);
    if (epochs == Integer.MAX_VALUE) {
      begun.remove(point);
      return List.of();
    }
    double[][] errors = new double[1][trials.size()];
    for (int i = 0; i < trials.size(); i++) {
      errors[0][i] = index.get(trials.get(i).id()).orElseThrow().best(epochs);
    }
    return halving.reached(point, SuccessiveHalving.score(errors));
  }

  @Override
  public synchronized void ended(TrialSummary summary) {
    inTraining.remove(summary.id());
    Set<Integer> waiting = pointsOf.remove(summary.id());
    if (waiting != null) {
      for (int point : waiting) {
        // One that was trained for a point on a lower rung goes on for this one.
        begun.get(point).stream()
            .filter(trial -> trial.id().equals(summary.id()))
            .forEach(this::getReady);
        judged(point).forEach(this::goOn);
      }
    }
    notifyAll();
  }

  @Override
  public synchronized boolean await() throws InterruptedException {
    if (!inTraining.isEmpty() && (requested >= limit || ready.isEmpty())) {
      TimeUnit.MILLISECONDS.timedWait(this, PATIENCE_MILLISECONDS);
    }
    return !inTraining.isEmpty() || (requested < limit && findReady());
  }

  private boolean reaches(PlannedTrial trial) {
    return index.reaches(trial.id(), epochsOf(trial));
  }

  private int epochsOf(PlannedTrial trial) {
    return Math.min(halving.epochs(trial.point()), trial.epochs());
  }
}
