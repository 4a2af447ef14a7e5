package org.sparksbp.sweep.execution;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.SuccessiveHalving;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.TrialSummary;

/** The trials that are still to be trained up to some epochs, each run once. */
public final class PendingTrials implements TrialQueue {

  private final SweepSettings settings;
  private final Iterator<PlannedTrial> planned;
  private final Function<String, String> fingerprints;
  private final SuccessiveHalving halving;
  private final ResultsIndex index;
  private final int epochs;
  private final int limit;
  private final Set<String> requested = new HashSet<>();
  private PlannedTrial next;

  /**
   * Looks for trials as they are asked for.
   *
   * @param fingerprints of prepared data by task
   * @param halving which points go on
   * @param index of what is there already
   * @param epochs that the trials are to have, where their configuration does not say less
   * @param limit most trials
   */
  public PendingTrials(
      SweepSettings settings,
      TrialPlan plan,
      Function<String, String> fingerprints,
      SuccessiveHalving halving,
      ResultsIndex index,
      int epochs,
      int limit) {
    this.settings = settings;
    this.planned = plan.iterator();
    this.fingerprints = fingerprints;
    this.halving = halving;
    this.index = index;
    this.epochs = epochs;
    this.limit = limit;
  }

  @Override
  public synchronized boolean limitReached() {
    return requested.size() >= limit && find();
  }

  private boolean find() {
    while (next == null && planned.hasNext()) {
      PlannedTrial trial = planned.next();
      if (halving.goesOn(trial.point())
          && !requested.contains(trial.id())
          && !index.reaches(trial.id(), epochsOf(trial))) {
        next = trial;
      }
    }
    return next != null;
  }

  @Override
  public synchronized Optional<TrialRequest> poll() {
    if (requested.size() >= limit || !find()) {
      return Optional.empty();
    }
    PlannedTrial trial = next;
    next = null;
    requested.add(trial.id());
    return Optional.of(TrialRequest.of(trial, epochsOf(trial), settings, fingerprints));
  }

  /** None of these trials waits for another. */
  @Override
  public boolean await() {
    return false;
  }

  @Override
  public void ended(TrialSummary summary) {}

  private int epochsOf(PlannedTrial trial) {
    return Math.min(epochs, trial.epochs());
  }
}
