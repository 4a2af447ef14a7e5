package org.sparksbp.mlflow;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sparksbp.http.RequestFailedException;
import org.sparksbp.mlflow.RunContent.Step;

/**
 * Tells a tracking server of a sweep as a run and of its trials as runs nested in it. What could
 * not be told can be told again, in another call of the sweep too.
 */
public final class TrackedSweep {

  private static final String PARENT = "mlflow.parentRunId";
  private static final long FIRST_PAUSE = 500;
  private static final long LONGEST_PAUSE = 30_000;

  private final Experiment experiment;
  private final Consumer<String> warnings;
  private final Map<String, Seen> trials = new HashMap<>();
  private final Set<String> unsure = new HashSet<>();
  private RunContent content;
  private RemoteRun sweep;
  private long patienceMillis;
  private long pause = FIRST_PAUSE;
  private long awayUntil = Long.MIN_VALUE;
  private boolean warned;
  private boolean refused;
  private int missed;

  /** The little of a trial's run that is kept of each. */
  private record Seen(long lastStep, String status) {
    static Seen of(RemoteRun run) {
      return new Seen(run.lastStep(), run.status());
    }

    boolean hasAllOf(RunContent content) {
      List<Step> steps = content.steps();
      boolean steppedOn = steps.isEmpty() || steps.get(steps.size() - 1).number() <= lastStep;
      return steppedOn && content.status().name().equals(status);
    }
  }

  /** What is asked of the server. */
  private interface Request {
    void send() throws RequestFailedException;
  }

  /**
   * Prepares to tell; nothing is sent yet.
   *
   * @param content of the sweep's own run
   * @param patience for which those who wait for the server wait, all together
   * @param warnings receives a line when something cannot be told
   */
  public TrackedSweep(
      Experiment experiment, RunContent content, Duration patience, Consumer<String> warnings) {
    this.experiment = experiment;
    this.content = content;
    this.patienceMillis = patience.toMillis();
    this.warnings = warnings;
  }

  /** Tells of a trial if the server is there. */
  public synchronized void tellSoon(RunContent trial) {
    boolean ignored = isThere() && tryTo(() -> bring(trial));
  }

  /** Tells of a trial, waiting for the server if need be; counts it as missed otherwise. */
  public synchronized void tell(RunContent trial) {
    if (!patiently(() -> bring(trial))) {
      missed++;
    }
  }

  /**
   * Tells of the sweep's end.
   *
   * @param summary metrics of the whole; null for none
   */
  public synchronized void end(RunContent.Status status, Step summary) {
    content =
        new RunContent(
            content.identity(),
            content.name(),
            status,
            content.started(),
            System.currentTimeMillis(),
            content.parameters(),
            content.tags(),
            summary == null ? List.of() : List.of(summary));
    boolean told = patiently(() -> experiment.complete(opened(), content));
    if (!refused && (!told || missed > 0)) {
      warnings.accept(
          "Cannot tell MLflow at "
              + experiment.server()
              + " of "
              + missed
              + " trials"
              + (told ? "" : " and of the sweep's end")
              + ": the same command tells it later");
    }
  }

  private RemoteRun opened() throws RequestFailedException {
    if (sweep == null) {
      Optional<RemoteRun> there = experiment.run(content.identity());
      RemoteRun run = there.isPresent() ? there.get() : experiment.create(content);
      if (there.isPresent()) {
        for (RemoteRun trial : experiment.runs(PARENT, run.id())) {
          trials.putIfAbsent(trial.tag(Experiment.IDENTITY), Seen.of(trial));
        }
      }
      experiment.complete(run, content);
      sweep = run;
    }
    return sweep;
  }

  private void bring(RunContent trial) throws RequestFailedException {
    RemoteRun parent = opened();
    Seen seen = trials.get(trial.identity());
    if (seen != null && seen.hasAllOf(trial)) {
      return;
    }
    SortedMap<String, String> tags = new TreeMap<>(trial.tags());
    tags.put(PARENT, parent.id());
    RunContent nested =
        new RunContent(
            trial.identity(),
            trial.name(),
            trial.status(),
            trial.started(),
            trial.ended(),
            trial.parameters(),
            tags,
            trial.steps());
    RemoteRun run = seen == null ? created(nested) : found(nested);
    experiment.complete(run, nested);
    trials.put(trial.identity(), Seen.of(run));
    unsure.remove(trial.identity());
  }

  /** A creation whose answer was lost may have succeeded. */
  private RemoteRun created(RunContent trial) throws RequestFailedException {
    return unsure.add(trial.identity()) ? experiment.create(trial) : found(trial);
  }

  private RemoteRun found(RunContent trial) throws RequestFailedException {
    Optional<RemoteRun> there = experiment.run(trial.identity());
    return there.isPresent() ? there.get() : experiment.create(trial);
  }

  private boolean isThere() {
    return !refused && System.nanoTime() >= awayUntil;
  }

  private boolean patiently(Request request) {
    while (!refused) {
      long left = Math.max(0, (awayUntil - System.nanoTime()) / 1_000_000);
      if (awayUntil != Long.MIN_VALUE && left > patienceMillis) {
        return false;
      }
      if (awayUntil != Long.MIN_VALUE && left > 0) {
        patienceMillis -= left;
        try {
          Thread.sleep(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      long began = System.nanoTime();
      if (tryTo(request)) {
        return true;
      }
      patienceMillis -= (System.nanoTime() - began) / 1_000_000;
    }
    return false;
  }

  private boolean tryTo(Request request) {
    try {
      request.send();
      pause = FIRST_PAUSE;
      awayUntil = Long.MIN_VALUE;
      return true;
    } catch (RequestFailedException e) {
      if (!e.mayPass()) {
        refused = true;
        warnings.accept(TrackingTexts.refused(experiment.server(), e));
        return false;
      }
      awayUntil = System.nanoTime() + pause * 1_000_000;
      pause = Math.min(2 * pause, LONGEST_PAUSE);
      if (!warned) {
        warned = true;
        warnings.accept(TrackingTexts.away(experiment.server(), e));
      }
      return false;
    }
  }
}
