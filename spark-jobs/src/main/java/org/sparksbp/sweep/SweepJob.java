package org.sparksbp.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.modelfolder.SoftwareVersion;
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
  private Path eventsFolder;
  private TrialFollower follower = TrialFollower.NONE;
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
   */
  public SweepJob(
      JavaSparkContext spark,
      RunConfiguration.Builder configuration,
      String defaultName,
      List<SweepData> data,
      Path results,
      SweepListener listener) {
    this.spark = spark;
    this.data = byTask(data);
    this.listener = listener;
    if (data.size() == 1) {
      configuration.dataTask(data.get(0).task());
    }
    this.settings = SweepSettings.of(configuration.build().config(), defaultName);
    this.results = new ResultsFolder(spark.hadoopConfiguration(), results);
    this.execution =
        switch (settings.execution()) {
          case SIDE_BY_SIDE -> new SideBySide(spark, new TrialTask(this.results, this.data));
          case ONE_AFTER_ANOTHER ->
              new OneAfterAnother(spark, this.results, this.data, settings.name());
        };
    this.plan = new TrialPlan(configuration, settings, this::fingerprint, execution.workers());
    this.folder =
        new SweepFolder(spark.hadoopConfiguration(), results, settings, identity(settings));
    plan.check();
  }

  /** Notes the command that this sweep was started by, for its report. */
  public void startedBy(String command) {
    folder.note(command);
  }

  private static SortedMap<String, SweepData> byTask(List<SweepData> data) {
    SortedMap<String, SweepData> found = new TreeMap<>();
    for (SweepData one : data) {
      if (found.put(one.task(), one) != null) {
        throw new InvalidConfigurationException(
            "Invalid data: two data sets are of the task " + one.task());
      }
    }
    return found;
  }

  private String fingerprint(String task) {
    SweepData found = data.get(task);
    if (found == null) {
      throw new InvalidConfigurationException(
          "Cannot sweep over the task " + task + ": the data is of " + data.keySet());
    }
    return found.fingerprint();
  }

  /** What makes two sweeps the same: all settings but how results are stored. */
  private RunIdentity identity(SweepSettings settings) {
    Config whole =
        settings
            .configuration()
            .withoutPath("checkpoint")
            .withoutPath("sweep.compact-every")
            .withoutPath("sweep.portraits");
    SortedMap<String, String> values = new TreeMap<>();
    whole
        .withoutPath("sweep.name")
        .entrySet()
        .forEach(
            entry ->
                values.put(entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise())));
    String fingerprints =
        data.values().stream().map(SweepData::fingerprint).collect(Collectors.joining(" "));
    return new RunIdentity(values, fingerprints, SoftwareVersion.current());
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
   * Runs the sweep to its end.
   *
   * @param mode whether an unfinished sweep with other settings may be gone on with
   * @param maxTrials most trials to train in this call; 0 for all
   * @throws org.sparksbp.training.RunConflictException if the folder holds an unfinished sweep of
   *     the same name that differs, and {@code mode} is not {@link StartMode#RESUME}
   */
  public SweepOutcome run(StartMode mode, int maxTrials) throws IOException {
    for (SweepData one : data.values()) {
      folder.describe(one);
    }
    folder.claim(mode);
    int points = plan.points();
    int planned = points * plan.trialsOfAPoint();
    Set<String> ids = new HashSet<>();
    int epochs = 0;
    for (PlannedTrial trial : plan) {
      ids.add(trial.id());
      epochs = Math.max(epochs, trial.epochs());
    }
    index.load(results, ids);
    SweepTally tally =
        new SweepTally(settings.name(), ids, index, execution.concurrency(), listener);
    SuccessiveHalving halving = new SuccessiveHalving(settings.stopping(), points);
    int limit = maxTrials == 0 ? Integer.MAX_VALUE : maxTrials;
    boolean finished;
    try (TrialFollower events = events()) {
      follower = events;
      finished = climb(halving, epochs, limit, tally);
    }
    compact();
    new ResultTables(spark, results, folder.folder(), settings, plan)
        .write(halving, index, follower);
    if (finished) {
      folder.finish();
    }
    return tally.outcome(finished, points, planned, halving, plan, folder.folder());
  }

  private TrialFollower events() throws IOException {
    return eventsFolder == null ? TrialFollower.NONE : new TrialEvents(results, eventsFolder, plan);
  }

  /** Ends the sweep soon, leaving what can be gone on with; from any thread. */
  public void requestStop() {
    stopRequested = true;
    execution.stop();
  }

  /** Trains from rung to rung; tells whether all trials have ended. */
  private boolean climb(SuccessiveHalving halving, int epochs, int limit, SweepTally tally)
      throws IOException {
    for (int rung : halving.rungs(epochs)) {
      if (!stage(halving, rung, limit, tally)) {
        return false;
      }
      List<Integer> stopped = halving.judge(rung, scores(halving, rung));
      deleteStates(new HashSet<>(stopped));
    }
    return stage(halving, Integer.MAX_VALUE, limit, tally);
  }

  /** Trains all trials that go on up to some epochs; tells whether all have reached them. */
  private boolean stage(SuccessiveHalving halving, int epochs, int limit, SweepTally tally)
      throws IOException {
    tally.stage();
    Orders orders = new Orders(halving, epochs, limit - tally.ran());
    execution.run(
        orders,
        summary -> {
          index.put(summary);
          tally.ended(summary);
          follower.ended(summary);
        },
        this::compact);
    return !stopRequested && !orders.limitReached();
  }

  private void compact() {
    try {
      new Parts(results).compact(settings.compactEvery());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double[] scores(SuccessiveHalving halving, int rung) {
    double[] scores = new double[plan.points()];
    int seeds = settings.seeds().size();
    double[][] errors = new double[settings.arms().size()][seeds];
    int ofPoint = 0;
    for (PlannedTrial trial : plan) {
      if (halving.goesOn(trial.point())) {
        errors[ofPoint / seeds][ofPoint % seeds] = index.get(trial.id()).orElseThrow().best(rung);
      }
      ofPoint++;
      if (ofPoint == plan.trialsOfAPoint()) {
        scores[trial.point()] = SuccessiveHalving.score(errors);
        ofPoint = 0;
      }
    }
    return scores;
  }

  private void deleteStates(Set<Integer> points) throws IOException {
    for (PlannedTrial trial : plan) {
      if (points.contains(trial.point())) {
        results.deleteStates(trial.id());
      }
    }
  }

  /** The trials that are still to be trained, each run once. */
  private final class Orders implements Iterator<String> {
    private final Iterator<PlannedTrial> planned = plan.iterator();
    private final Set<String> given = new HashSet<>();
    private final SuccessiveHalving halving;
    private final int epochs;
    private final int limit;
    private PlannedTrial next;

    Orders(SuccessiveHalving halving, int epochs, int limit) {
      this.halving = halving;
      this.epochs = epochs;
      this.limit = limit;
    }

    @Override
    public boolean hasNext() {
      return given.size() < limit && find();
    }

    /** Whether a trial was held back because enough were given out. */
    boolean limitReached() {
      return given.size() >= limit && find();
    }

    private boolean find() {
      while (next == null && planned.hasNext()) {
        PlannedTrial trial = planned.next();
        int until = Math.min(epochs, trial.epochs());
        if (halving.goesOn(trial.point())
            && !given.contains(trial.id())
            && !index.reaches(trial.id(), until)) {
          next = trial;
        }
      }
      return next != null;
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      PlannedTrial trial = next;
      next = null;
      given.add(trial.id());
      int until = Math.min(epochs, trial.epochs());
      boolean portrait = settings.isPortrayed(trial);
      return TrialOrder.of(trial, until, settings.name(), fingerprint(trial.task()), portrait)
          .toText(trial.rendered());
    }
  }

  /** For tests of what is planned. */
  List<PlannedTrial> planned() {
    List<PlannedTrial> all = new ArrayList<>();
    plan.forEach(all::add);
    return all;
  }

  static Map<String, String> written(PlannedTrial trial) {
    Map<String, String> values = new TreeMap<>();
    trial.parameters().forEach((key, value) -> values.put(key, SpaceKey.written(value)));
    return values;
  }
}
