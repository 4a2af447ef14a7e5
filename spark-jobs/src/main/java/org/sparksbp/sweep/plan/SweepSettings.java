package org.sparksbp.sweep.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.cost.BandRule;
import org.sparksbp.cost.EnergyEstimate;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.training.RunIdentity;

/**
 * The settings of a sweep.
 *
 * @param configuration the whole resolved configuration, before any point or arm
 * @param name of the sweep's folder
 * @param space varied keys
 * @param arms at least one, in the order of their names
 * @param seeds of every point and arm, at least one
 * @param design how points are taken from the space
 * @param sampling for designs other than a grid
 * @param execution how trials use the cluster
 * @param pack most trials that one graphics card trains side by side; empty for as many as it has
 *     memory for
 * @param stopping when trials stop early
 * @param allowDifferentData whether arms may learn or be measured on other samples than each other
 * @param refresh least time between two writings of the tables while the sweep runs; zero: none
 * @param compactEvery result files from which on they are put together
 * @param snapshots pairs of point and arm, the first of the plan, whose first seed's trial leaves
 *     snapshots
 * @param keptModels whose models are kept
 * @param bandRule what the band of the cost metric's levels must be
 * @param accuracies fractions of 1
 * @param energy of single operations
 */
public record SweepSettings(
    Config configuration,
    String name,
    Space space,
    List<Arm> arms,
    List<Long> seeds,
    Design design,
    Design.Sampling sampling,
    Execution execution,
    OptionalInt pack,
    StoppingSettings stopping,
    boolean allowDifferentData,
    Duration refresh,
    int compactEvery,
    int snapshots,
    KeptModels keptModels,
    BandRule bandRule,
    List<Double> accuracies,
    EnergyEstimate energy) {

  /** Of {@code sweep.pack}: the number that suits the card. */
  private static final String AUTO = "auto";

  /** How trials use the cluster. */
  public enum Execution {
    /** Side by side, each by a task of one core. */
    CONCURRENT,
    /** One after another, each by all of Spark. */
    DATA_PARALLEL
  }

  /**
   * A group of settings that is compared with others on the same points and seeds.
   *
   * @param name in the tables
   * @param settings by key
   */
  public record Arm(String name, SortedMap<String, ConfigValue> settings) {

    /** The only arm of a sweep that names none. */
    private static final Arm ONLY = new Arm("all", new TreeMap<>());

    public Arm {
      settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }
  }

  /**
   * Reads the settings.
   *
   * @param configuration resolved, with every key of {@code reference.conf}
   * @param defaultName of the sweep, where the configuration says none
   * @throws InvalidConfigurationException or {@link ConfigException} naming the key that makes no
   *     sense
   */
  public static SweepSettings of(Config configuration, String defaultName) {
    Config sweep = configuration.getConfig("sweep");
    String name = sweep.getString("name").isEmpty() ? defaultName : sweep.getString("name");
    if (!name.matches("\\w[\\w.-]{0,199}")) {
      throw sweep.getString("name").isEmpty()
          ? new InvalidConfigurationException(
              "Cannot call the sweep '"
                  + name
                  + "' after its configuration file: a name has letters, digits, '_', '-' and '.'"
                  + " only, 200 at most; say another one by --set sweep.name=NAME")
          : bad(
              sweep,
              "name",
              "'" + name + "' is no name of letters, digits, '_', '-' and '.' only, 200 at most");
    }
    StoppingSettings stopping = StoppingSettings.of(sweep);
    CheckedSettings checked = new CheckedSettings(configuration, "sweep");
    Design design = checked.choice("design", Design.class);
    if (design == Design.TPE && stopping.hasRungs()) {
      throw bad(sweep, "design", "tpe proposes points from whole trials: take no rungs with it");
    }
    return new SweepSettings(
        configuration,
        name,
        Space.of(sweep.getObject("space")),
        arms(sweep.getObject("arms")),
        seeds(configuration, sweep),
        design,
        new Design.Sampling(
            atLeastOne(sweep, "points"),
            atLeastOne(sweep, "tpe.startup"),
            atLeastOne(sweep, "tpe.batch"),
            sweep.getLong("seed")),
        checked.choice(
            "execution",
            Map.of(
                "side-by-side", Execution.CONCURRENT,
                "one-after-another", Execution.DATA_PARALLEL)),
        sweep.getString("pack").equals(AUTO) ? OptionalInt.empty() : OptionalInt.of(pack(sweep)),
        stopping,
        checked.flag("allow-different-data"),
        Duration.ofNanos((long) (1e9 * checked.notNegative("refresh"))),
        atLeastOne(sweep, "compact-every"),
        atLeast(0, sweep, "snapshots"),
        checked.choice("keep-models", KeptModels.class),
        bandRule(sweep.getDouble("cost.cap"), checked),
        List.copyOf(sweep.getDoubleList("accuracies")),
        new EnergyEstimate(
            sweep.getDouble("energy.multiply-accumulate"), sweep.getDouble("energy.accumulate")));
  }

  /**
   * What makes two sweeps the same: all settings but how results are stored.
   *
   * @param data identity of the data of all tasks
   */
  public RunIdentity identity(String data) {
    SortedMap<String, String> values = new TreeMap<>();
    configuration
        .withoutPath("checkpoint")
        .withoutPath("sweep.compact-every")
        .withoutPath("sweep.refresh")
        .withoutPath("sweep.pack")
        .withoutPath("sweep.snapshots")
        .withoutPath("sweep.keep-models")
        .withoutPath("sweep.name")
        .entrySet()
        .forEach(entry -> values.put(entry.getKey(), Space.written(entry.getValue())));
    return new RunIdentity(values, data, SoftwareVersion.current());
  }

  private static BandRule bandRule(double cap, CheckedSettings sweep) {
    return new BandRule(
        cap == 0 ? OptionalDouble.empty() : OptionalDouble.of(cap),
        sweep.notNegative("cost.least-band"),
        sweep.notNegative("cost.least-standard-errors"));
  }

  private static List<Arm> arms(ConfigObject group) {
    SortedMap<String, Arm> arms = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
      if (!(entry.getValue() instanceof ConfigObject settings)) {
        throw new InvalidConfigurationException(
            "Invalid sweep.arms." + entry.getKey() + ": a group of settings is needed");
      }
      SortedMap<String, ConfigValue> values = new TreeMap<>();
      settings.toConfig().entrySet().forEach(key -> values.put(key.getKey(), key.getValue()));
      arms.put(entry.getKey(), new Arm(entry.getKey(), values));
    }
    return arms.isEmpty() ? List.of(Arm.ONLY) : new ArrayList<>(arms.values());
  }

  private static List<Long> seeds(Config configuration, Config sweep) {
    List<Long> seeds = List.copyOf(sweep.getLongList("seeds"));
    if (seeds.stream().distinct().count() < seeds.size()) {
      throw bad(sweep, "seeds", seeds + " has a seed twice");
    }
    return seeds.isEmpty() ? List.of(configuration.getLong("seed")) : seeds;
  }

  private static int pack(Config sweep) {
    try {
      return atLeastOne(sweep, "pack");
    } catch (ConfigException.WrongType e) {
      throw bad(sweep, "pack", "'" + sweep.getString("pack") + "' is neither a number nor " + AUTO);
    }
  }

  private static int atLeastOne(Config sweep, String key) {
    return atLeast(1, sweep, key);
  }

  private static int atLeast(int least, Config sweep, String key) {
    int value = sweep.getInt(key);
    if (value < least) {
      throw bad(sweep, key, value + " is less than " + least);
    }
    return value;
  }

  /** All keys that points and arms set, in alphabetical order. */
  SortedSet<String> parameterKeys() {
    SortedSet<String> keys = new TreeSet<>();
    space.keys().forEach(key -> keys.add(key.key()));
    arms.forEach(arm -> keys.addAll(arm.settings().keySet()));
    return keys;
  }

  /** Whether a trial leaves snapshots of its network. */
  public boolean takesSnapshots(PlannedTrial trial) {
    return trial.number() % seeds.size() == 0 && trial.number() / seeds.size() < snapshots;
  }

  private static ConfigException bad(Config sweep, String key, String reason) {
    return new ConfigException.BadValue(sweep.getValue(key).origin(), "sweep." + key, reason);
  }

  /** Whether points go on from a rung without waiting for the others. */
  public boolean stopsAsynchronously() {
    return stopping.method() == StoppingSettings.Method.ASYNCHRONOUS_HALVING;
  }

  /** Halving in step, which lets all points go on where the settings ask for none. */
  public SuccessiveHalving successiveHalving(int points) {
    return new SuccessiveHalving(stopping, points);
  }

  /**
   * Halving without waiting.
   *
   * @param epochs of the longest trial
   */
  public AsynchronousHalving asynchronousHalving(int points, int epochs) {
    return new AsynchronousHalving(stopping, points, epochs);
  }
}
