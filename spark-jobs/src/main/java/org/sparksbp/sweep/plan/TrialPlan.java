package org.sparksbp.sweep.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.sparksbp.averaging.AveragingEngine;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.sweep.plan.PlannedTrial.Facts;
import org.sparksbp.sweep.plan.Space.Key;
import org.sparksbp.sweep.plan.Space.Point;
import org.sparksbp.sweep.plan.SweepSettings.Arm;
import org.sparksbp.training.RunIdentity;

/**
 * The trials of a sweep: points, in each its arms, in each the seeds. The same settings give the
 * same trials; they are made one by one whenever they are gone through, their configurations only
 * where one is asked for.
 */
public final class TrialPlan implements Iterable<PlannedTrial> {

  private final RunConfiguration.Builder base;
  private final SweepSettings settings;
  private final Function<String, String> fingerprints;
  private final int workers;
  private final UnaryOperator<Config> onDevice;
  private final Map<String, String> common;

  /** The points of a search; null where all are known beforehand. */
  private final ProposedPoints search;

  /** By number, of the trials up to the last that was made. */
  private final List<Facts> known = new ArrayList<>();

  /**
   * Plans.
   *
   * @param base the configuration that points and arms change
   * @param fingerprints of prepared data by task; throws where there is none
   * @param workers of a trial
   * @param onDevice decides what a trial's configuration leaves open of what it computes on
   */
  public TrialPlan(
      RunConfiguration.Builder base,
      SweepSettings settings,
      Function<String, String> fingerprints,
      int workers,
      UnaryOperator<Config> onDevice) {
    this.base = base;
    this.settings = settings;
    this.fingerprints = fingerprints;
    this.workers = workers;
    this.onDevice = onDevice;
    this.common = common(settings);
    this.search =
        settings.design() == Design.TPE
            ? new ProposedPoints(settings.space(), settings.sampling(), common)
            : null;
  }

  /** Values that no arm changes, for conditions. */
  private static Map<String, String> common(SweepSettings settings) {
    Map<String, String> values = new HashMap<>();
    settings
        .configuration()
        .withoutPath("sweep")
        .entrySet()
        .forEach(entry -> values.put(entry.getKey(), Space.written(entry.getValue())));
    settings.arms().forEach(arm -> values.keySet().removeAll(arm.settings().keySet()));
    settings.space().keys().forEach(key -> values.remove(key.key()));
    return values;
  }

  /**
   * Checks every key and value by itself, so that a misspelt one does not become thousands of
   * failed trials.
   *
   * @throws org.sparksbp.config.InvalidConfigurationException naming the first that is wrong
   */
  public void check() {
    new PlanChecks(base, settings).check();
  }

  /** All keys that points and arms set, in alphabetical order. */
  public SortedSet<String> parameterKeys() {
    return settings.parameterKeys();
  }

  /** Number of points; goes through all of them. */
  public int points() {
    int count = 0;
    for (Iterator<Point> all = allPoints(); all.hasNext(); all.next()) {
      count++;
    }
    return count;
  }

  /** Number of points that there will be in the end. */
  public int mostPoints() {
    return search == null ? points() : settings.sampling().points();
  }

  /** Whether later points follow from the results of earlier ones. */
  public boolean isSearch() {
    return search != null;
  }

  /**
   * Adds the next points of a search, once all that are there have ended.
   *
   * @param error the lowest of a trial's errors
   * @return false if there are no more, or it is no search
   */
  public boolean propose(ToDoubleFunction<PlannedTrial> error) {
    if (search == null) {
      return false;
    }
    double[] sums = new double[points()];
    for (PlannedTrial trial : this) {
      sums[trial.point()] += error.applyAsDouble(trial);
    }
    return search.propose(sums);
  }

  /** Number of trials of a point. */
  public int trialsOfAPoint() {
    return arms() * seeds();
  }

  int arms() {
    return settings.arms().size();
  }

  int seeds() {
    return settings.seeds().size();
  }

  @Override
  public Iterator<PlannedTrial> iterator() {
    Iterator<Point> points = allPoints();
    return new Iterator<>() {
      private Iterator<PlannedTrial> ofPoint = List.<PlannedTrial>of().iterator();
      private int number;

      @Override
      public boolean hasNext() {
        return ofPoint.hasNext() || points.hasNext();
      }

      @Override
      public PlannedTrial next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        if (!ofPoint.hasNext()) {
          List<PlannedTrial> trials = trials(points.next(), number);
          number += trials.size();
          ofPoint = trials.iterator();
        }
        return ofPoint.next();
      }
    };
  }

  private Iterator<Point> allPoints() {
    if (search != null) {
      return search.points().iterator();
    }
    return settings.design().points(settings.space(), settings.sampling(), common);
  }

  private List<PlannedTrial> trials(Point point, int first) {
    List<PlannedTrial> trials = new ArrayList<>();
    for (Arm arm : settings.arms()) {
      SortedMap<String, ConfigValue> parameters = parameters(point, arm);
      for (long seed : settings.seeds()) {
        trials.add(trial(first + trials.size(), point, arm, seed, parameters));
      }
    }
    return trials;
  }

  /**
   * An arm's settings go before the point's; a key without its condition in the arm is left out.
   */
  private SortedMap<String, ConfigValue> parameters(Point point, Arm arm) {
    Map<String, String> known = new HashMap<>(common);
    settings
        .arms()
        .forEach(
            other ->
                other
                    .settings()
                    .keySet()
                    .forEach(key -> putIfKnown(known, settings.configuration(), key)));
    arm.settings().forEach((key, value) -> known.put(key, Space.written(value)));
    SortedMap<String, ConfigValue> parameters = new TreeMap<>();
    Set<String> own = arm.settings().keySet();
    for (Key key : settings.space().keys()) {
      ConfigValue value = point.values().get(key.key());
      if (value != null && !own.contains(key.key()) && key.applies(known)) {
        parameters.put(key.key(), value);
        known.put(key.key(), Space.written(value));
      }
    }
    parameters.putAll(arm.settings());
    return parameters;
  }

  private static void putIfKnown(Map<String, String> known, Config configuration, String key) {
    if (configuration.hasPath(key)) {
      known.put(key, Space.written(configuration.getValue(key)));
    }
  }

  private PlannedTrial trial(
      int number, Point point, Arm arm, long seed, SortedMap<String, ConfigValue> parameters) {
    Supplier<Config> source = () -> configuration(seed, parameters);
    Facts facts = known(number);
    if (facts == null) {
      Config configuration = source.get();
      source = () -> configuration;
      facts = Facts.of(configuration, id(configuration));
      put(number, facts);
    }
    return new PlannedTrial(number, point.number(), arm.name(), seed, parameters, facts, source);
  }

  private synchronized Facts known(int number) {
    return number < known.size() ? known.get(number) : null;
  }

  /**
   * Whoever goes through the plan first, from its beginning, notes what the others need not make.
   */
  private synchronized void put(int number, Facts facts) {
    if (number == known.size()) {
      known.add(facts);
    }
  }

  private String id(Config configuration) {
    String fingerprint = fingerprints.apply(configuration.getString("task"));
    return RunIdentity.of(configuration, fingerprint, SoftwareVersion.current()).hash();
  }

  private Config configuration(long seed, SortedMap<String, ConfigValue> parameters) {
    Map<String, ConfigValue> first = new TreeMap<>(parameters);
    first.put("seed", ConfigValueFactory.fromAnyRef(seed));
    first.put("training.workers", ConfigValueFactory.fromAnyRef(workers));
    if (settings.execution() == SweepSettings.Execution.CONCURRENT) {
      first.put("averaging.engine", ConfigValueFactory.fromAnyRef(AveragingEngine.OWN.key()));
    }
    StoppingSettings stopping = settings.stopping();
    if (stopping.method() == StoppingSettings.Method.PLATEAU) {
      first.put(
          "training.early-stopping.patience", ConfigValueFactory.fromAnyRef(stopping.patience()));
      first.put(
          "training.early-stopping.min-delta", ConfigValueFactory.fromAnyRef(stopping.minDelta()));
    }
    return onDevice.apply(kernelsDecided(base.build(first).config().withoutPath("sweep")));
  }

  /** As a training job decides on its driver; what is no kernels at all is left to the trial. */
  private static Config kernelsDecided(Config configuration) {
    return configuration.getString("compute.kernels").equals("auto")
        ? KernelChoice.decided(configuration)
        : configuration;
  }
}
