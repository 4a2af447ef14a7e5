package org.sparksbp.sweep;

import static org.sparksbp.sweep.results.TrialListener.NONE;

import com.typesafe.config.Config;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.cluster.ClusterDevices;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.mlflow.Experiment;
import org.sparksbp.mlflow.RunContent.Status;
import org.sparksbp.sweep.execution.TrialExecution;
import org.sparksbp.sweep.plan.KeptModels;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.Compaction;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.SweepFolder;
import org.sparksbp.sweep.results.TrialEvents;
import org.sparksbp.sweep.results.TrialListener;
import org.sparksbp.sweep.results.TrialRuns;
import org.sparksbp.sweep.tables.ResultTables;
import org.sparksbp.training.RunIdentity;
import org.sparksbp.training.StartMode;

/** Plans a sweep, trains the trials that have not ended yet, and writes its tables. */
public final class SweepJob {

  private final JavaSparkContext spark;
  private final SortedMap<String, SweepData> data;
  private final SweepSettings settings;
  private final ResultsFolder results;
  private final SweepFolder folder;
  private final TrialExecution execution;
  private final TrialPlan plan;
  private final ResultsIndex index = new ResultsIndex();
  private final SweepListener listener;
  private final SortedMap<String, String> changed;
  private Compaction compaction;
  private Path eventsFolder;
  private TrialRuns runs;
  private volatile boolean stopRequested;

  /**
   * Prepares a sweep.
   *
   * @param configuration what all trials share, with the group {@code sweep}
   * @param defaultName of the sweep, where the configuration says none
   * @param data prepared data, of each task once
   * @param results folder of the trials, which other sweeps may share, and of the sweep's own
   *     folder
   * @throws InvalidConfigurationException or {@link com.typesafe.config.ConfigException} naming the
   *     key that makes no sense
   * @throws org.sparksbp.device.NoDeviceException if it is to compute on GPUs and cannot
   */
  public SweepJob(
      JavaSparkContext spark,
      RunConfiguration.Builder configuration,
      String defaultName,
      List<SweepData> data,
      Path results,
      SweepListener listener) {
    this.spark = spark;
    this.data = SweepData.byTask(data);
    this.listener = listener;
    if (data.size() == 1) {
      configuration.dataTask(data.get(0).task());
    }
    ClusterDevices devices = new ClusterDevices(spark);
    this.settings = SweepSettings.of(devices.decided(configuration.build().config()), defaultName);
    this.results = new ResultsFolder(spark.hadoopConfiguration(), results);
    this.execution = TrialExecution.of(settings, spark, this.results, this.data, devices);
    this.plan =
        new TrialPlan(
            configuration, settings, this::fingerprint, execution.workers(), devices::decided);
    String fingerprints =
        this.data.values().stream().map(SweepData::fingerprint).collect(Collectors.joining(" "));
    this.changed = configuration.build().changed();
    this.folder =
        new SweepFolder(
            spark.hadoopConfiguration(),
            results,
            settings.name(),
            settings.identity(fingerprints),
            changed);
    plan.check();
  }

  private String fingerprint(String task) {
    SweepData found = data.get(task);
    if (found == null) {
      throw new InvalidConfigurationException(
          "Cannot sweep over the task " + task + ": the data is of " + data.keySet());
    }
    return found.fingerprint();
  }

  /** What all trials share, with what they compute on decided. */
  public Config configuration() {
    return settings.configuration();
  }

  /** The sweep's own folder, below that of the results. */
  public Path folder() {
    return folder.folder();
  }

  /** Notes the command that this sweep was started by, for its report. */
  public void startedBy(String command) {
    folder.note(command);
  }

  /**
   * Also writes event files for TensorBoard.
   *
   * @param below folder under which the sweep's name becomes one
   */
  public void writeEvents(Path below) {
    eventsFolder = new Path(below, settings.name());
  }

  /**
   * Also tells a tracking server of the sweep and its trials.
   *
   * @param patience how long the sweep's end waits for the server, all in all
   * @param warnings receives a line when something cannot be told
   */
  public void trackBy(Experiment experiment, Duration patience, Consumer<String> warnings) {
    SortedMap<String, String> told = new TreeMap<>();
    changed.forEach((key, value) -> told.put(key, RunIdentity.unquoted(value)));
    runs = new TrialRuns(results, folder(), told, experiment, patience, warnings);
  }

  /** Runs the sweep, of which nothing is trained again, see the other method. */
  SweepOutcome run(StartMode mode, int maxTrials) throws IOException {
    return run(mode, maxTrials, TrainAgain.NONE);
  }

  /**
   * Runs the sweep to its end.
   *
   * @param mode whether an unfinished sweep with other settings may be gone on with, and tables may
   *     lose rows
   * @param maxTrials most trials to train in this call; 0 for all
   * @param again which of the trials that have ended are trained again
   * @throws org.sparksbp.training.RunConflictException if {@code mode} is not {@link
   *     StartMode#RESUME} and the folder holds a sweep of the same name that differs and has not
   *     finished, or has trials that this one lacks
   */
  public SweepOutcome run(StartMode mode, int maxTrials, TrainAgain again) throws IOException {
    if (runs == null) {
      return runUntracked(mode, maxTrials, again);
    }
    SweepOutcome outcome = null;
    try {
      outcome = runUntracked(mode, maxTrials, again);
      return outcome;
    } finally {
      if (outcome == null) {
        runs.end(Status.FAILED, 0, new TreeMap<>());
      } else {
        int ended = outcome.done() + outcome.stopped() + outcome.failed();
        runs.end(outcome.finished() ? Status.FINISHED : Status.KILLED, ended, outcome.metrics());
      }
    }
  }

  private SweepOutcome runUntracked(StartMode mode, int maxTrials, TrainAgain again)
      throws IOException {
    for (SweepData one : data.values()) {
      folder.describe(one);
    }
    Set<String> ids = plannedIds();
    folder.claim(mode, plan.isSearch() ? Optional.empty() : Optional.of(ids));
    loadIndex(ids, again);
    compaction = new Compaction(results, settings.compactEvery(), index.files());
    SweepTally tally =
        new SweepTally(settings.name(), ids, index, execution.concurrency(), listener);
    PlanTraining training =
        new PlanTraining(
            settings,
            plan,
            this::fingerprint,
            results,
            index,
            compaction,
            execution,
            tally,
            maxTrials == 0 ? Integer.MAX_VALUE : maxTrials,
            () -> stopRequested);
    ResultTables tables = new ResultTables(spark, results, folder.folder(), settings, plan);
    BestModels models = new BestModels(results, settings.name(), plan, index, training::stopped);
    TrialListener live =
        TrialListener.all(List.of(liveTables(tables, training), keepsBest() ? models : NONE));
    TrialListener events = events();
    boolean finished = training.train(TrialListener.all(List.of(events, live)));
    while (finished && plan.propose(this::lowestError)) {
      tally.planned(plannedIds());
      events = events();
      finished = training.train(TrialListener.all(List.of(events, live)));
    }
    compaction.run();
    tables.write(training.stopped(), index, events);
    if (keepsBest()) {
      models.deleteOthers();
    }
    if (finished) {
      folder.finish();
    }
    return tally.outcome(finished, plan.points(), training.stopped(), plan, folder.folder());
  }

  private boolean keepsBest() {
    return settings.keptModels() == KeptModels.BEST;
  }

  private TrialListener liveTables(ResultTables tables, PlanTraining training) {
    return settings.refresh().isZero()
        ? NONE
        : new LiveTables(tables, index, training::stopped, settings.refresh());
  }

  /** Identities of the trials that are planned so far. */
  private Set<String> plannedIds() {
    Set<String> ids = new HashSet<>();
    plan.forEach(trial -> ids.add(trial.id()));
    return ids;
  }

  /** Takes up what is there already; what a search will plan is not known yet, so that is all. */
  private void loadIndex(Set<String> ids, TrainAgain again) throws IOException {
    listener.damaged(index.load(results, plan.isSearch() ? id -> true : ids::contains));
    Set<String> forgotten = again.chosen(ids, index.failed());
    results.forget(forgotten);
    index.forget(forgotten);
  }

  private double lowestError(PlannedTrial trial) {
    return index.get(trial.id()).orElseThrow().best(Integer.MAX_VALUE);
  }

  private TrialListener events() throws IOException {
    List<TrialListener> all = new ArrayList<>();
    if (eventsFolder != null) {
      all.add(new TrialEvents(results, eventsFolder, plan));
    }
    if (runs != null) {
      runs.planned(plan);
      all.add(runs);
    }
    return TrialListener.all(all);
  }

  /** Ends the sweep soon, leaving what can be gone on with; from any thread. */
  public void requestStop() {
    stopRequested = true;
    execution.stop();
  }

  /** For tests of what is planned. */
  List<PlannedTrial> planned() {
    List<PlannedTrial> all = new ArrayList<>();
    plan.forEach(all::add);
    return all;
  }
}
