package org.sparksbp.sweep.results;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.mlflow.Experiment;
import org.sparksbp.mlflow.RunContent;
import org.sparksbp.mlflow.RunContent.Status;
import org.sparksbp.mlflow.RunContent.Step;
import org.sparksbp.mlflow.TrackedSweep;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.TrialPlan;

/**
 * Tells a tracking server of a sweep's trials: as they end, if the server is there, and with the
 * tables of those that it does not have yet.
 */
public final class TrialRuns implements TrialListener {

  private static final Logger LOG = LoggerFactory.getLogger(TrialRuns.class);
  private static final int DIGITS_OF_TRIAL = 12;

  /** Trials that wait to be told of; of more than these the tables tell. */
  private static final int WAITING = 10_000;

  private final ResultsFolder results;
  private final String identity;
  private final TrackedSweep tracked;
  private final Map<String, PlannedTrial> planned = new HashMap<>();
  private final ThreadPoolExecutor teller =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          TrialRuns::daemon,
          new ThreadPoolExecutor.DiscardPolicy());

  /**
   * Prepares to tell.
   *
   * @param sweep folder of the sweep, whose name is that of its run
   * @param settings of the sweep that are not the defaults
   * @param patience how long the end of the sweep waits for the server, all in all
   * @param warnings receives a line when something cannot be told
   */
  public TrialRuns(
      ResultsFolder results,
      Path sweep,
      SortedMap<String, String> settings,
      Experiment experiment,
      Duration patience,
      Consumer<String> warnings) {
    this.results = results;
    this.identity = Checksum.sha256("sweep\n" + sweep);
    Map<String, String> tags =
        Map.of(
            "sbp.sweep", sweep.getName(),
            "sbp.output", sweep.toString(),
            "sbp.version", SoftwareVersion.current(),
            "mlflow.source.name", "sbp sweep",
            "mlflow.source.type", "JOB");
    RunContent own =
        new RunContent(
            identity,
            sweep.getName(),
            Status.RUNNING,
            System.currentTimeMillis(),
            0,
            settings,
            new TreeMap<>(tags),
            List.of());
    this.tracked = new TrackedSweep(experiment, own, patience, warnings);
    teller.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "MLflow");
    thread.setDaemon(true);
    return thread;
  }

  /** Takes up what is planned now. */
  public void planned(TrialPlan plan) {
    synchronized (planned) {
      for (PlannedTrial trial : plan) {
        planned.putIfAbsent(trial.id(), trial);
      }
    }
  }

  @Override
  public void ended(TrialSummary summary) {
    if (summary.hasEnded()) {
      teller.execute(() -> tellSoon(summary.id()));
    }
  }

  private void tellSoon(String id) {
    try {
      TrialRecord record = results.ended(id).orElse(null);
      if (record != null) {
        tracked.tellSoon(content(record));
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot tell of trial {} yet", id, e);
    }
  }

  @Override
  public void row(TrialRecord record) {
    if (record.hasEnded()) {
      tracked.tell(content(record));
    }
  }

  /**
   * Tells of the sweep's end.
   *
   * @param summary metrics of the whole by name; empty if there are none
   * @param done trials that have ended
   */
  public void end(Status status, int done, SortedMap<String, Double> summary) {
    Step last = summary.isEmpty() ? null : new Step(done, System.currentTimeMillis(), summary);
    tracked.end(status, last);
  }

  private RunContent content(TrialRecord record) {
    PlannedTrial trial;
    synchronized (planned) {
      trial = planned.get(record.id());
    }
    SortedMap<String, String> parameters = new TreeMap<>(trial.writtenParameters());
    parameters.put("arm", trial.arm());
    parameters.put("seed", String.valueOf(trial.seed()));
    parameters.put("task", trial.task());
    parameters.put("model", trial.model());
    SortedMap<String, String> tags = new TreeMap<>();
    tags.put("sbp.run", record.id());
    tags.put("sbp.data", record.about().data());
    tags.put("sbp.version", record.about().softwareVersion());
    tags.put("sbp.status", record.status().key());
    tags.put("sbp.reason", record.reason());
    long now = System.currentTimeMillis();
    return new RunContent(
        Checksum.sha256(identity + "\n" + record.id()),
        trial.arm() + "-seed-" + trial.seed() + "-" + record.id().substring(0, DIGITS_OF_TRIAL),
        record.status() == TrialStatus.FAILED ? Status.FAILED : Status.FINISHED,
        now - (long) (1e3 * record.times().wallSeconds()),
        now,
        parameters,
        tags,
        Step.of(record.epochs(), now));
  }

  /** Waits for what {@link #ended} has begun; a server that is away is not waited for. */
  @Override
  public void close() {
    try {
      while (!teller.getQueue().isEmpty() || teller.getActiveCount() > 0) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
