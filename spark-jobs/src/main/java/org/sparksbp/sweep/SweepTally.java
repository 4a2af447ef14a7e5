package org.sparksbp.sweep;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.StoppedPoints;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.TrialStatus;
import org.sparksbp.sweep.results.TrialSummary;

/** Counts a sweep's trials and tells of them. */
final class SweepTally {

  private final String name;
  private final Set<String> trials;
  private final ResultsIndex index;
  private final int concurrency;
  private final SweepListener listener;
  private final long start = System.nanoTime();
  private int ran;
  private int done;
  private int failed;
  private double bestError = Double.POSITIVE_INFINITY;
  private String bestTrial = "";

  SweepTally(
      String name,
      Set<String> trials,
      ResultsIndex index,
      int concurrency,
      SweepListener listener) {
    this.name = name;
    this.trials = new HashSet<>(trials);
    this.index = index;
    this.concurrency = concurrency;
    this.listener = listener;
    trials.stream().sorted().forEach(id -> index.get(id).ifPresent(this::count));
  }

  /** More trials are planned; those that are known already are counted once. */
  void planned(Set<String> all) {
    all.stream().filter(trials::add).sorted().forEach(id -> index.get(id).ifPresent(this::count));
  }

  private void count(TrialSummary summary) {
    if (summary.hasEnded()) {
      done++;
    }
    if (summary.status() == TrialStatus.FAILED) {
      failed++;
    }
    double best = summary.best(Integer.MAX_VALUE);
    if (best < bestError || (best == bestError && summary.id().compareTo(bestTrial) < 0)) {
      bestError = best;
      bestTrial = summary.id();
    }
  }

  /** Trials begin, from the first epoch or from a rung on. */
  void started() {
    listener.started(progress());
  }

  /** A trial of this call has ended or reached a rung. */
  void ended(TrialSummary summary) {
    ran++;
    count(summary);
    listener.trialEnded(progress());
  }

  int ran() {
    return ran;
  }

  private SweepProgress progress() {
    int left = trials.size() - done;
    double seconds = (System.nanoTime() - start) / 1e9;
    return new SweepProgress(
        name,
        trials.size(),
        done,
        failed,
        Math.min(left, concurrency),
        bestError,
        bestTrial,
        ran == 0 ? Double.NaN : seconds / ran * left);
  }

  /** Sums the call up; each run counts once, as the sweep has it. */
  SweepOutcome outcome(
      boolean finished, int points, StoppedPoints stopped, TrialPlan plan, Path folder) {
    Set<String> seen = new HashSet<>();
    Map<TrialStatus, Integer> counts = new EnumMap<>(TrialStatus.class);
    SortedMap<String, List<String>> failures = new TreeMap<>();
    double best = Double.POSITIVE_INFINITY;
    String trialOfBest = "";
    for (PlannedTrial trial : plan) {
      TrialSummary summary =
          index.get(trial.id()).map(s -> s.cutAt(stopped.stoppedAt(trial.point()))).orElse(null);
      if (summary != null && seen.add(trial.id())) {
        counts.merge(summary.status(), 1, Integer::sum);
        if (summary.status() == TrialStatus.FAILED) {
          failures.computeIfAbsent(summary.reason(), none -> new ArrayList<>()).add(trial.id());
        }
        double own = summary.best(summary.errors().length);
        if (own < best) {
          best = own;
          trialOfBest = trial.id();
        }
      }
    }
    return new SweepOutcome(
        name,
        finished,
        points,
        points * plan.trialsOfAPoint(),
        trials.size(),
        ran,
        counts.getOrDefault(TrialStatus.DONE, 0),
        counts.getOrDefault(TrialStatus.FAILED, 0),
        counts.getOrDefault(TrialStatus.STOPPED, 0),
        best,
        trialOfBest,
        failures,
        folder);
  }
}
