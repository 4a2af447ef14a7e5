package org.sparksbp.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Every key of a run with its value. What is set on the command line goes before the file, the file
 * before the defaults of the task, and these before {@code reference.conf}.
 */
public final class RunConfiguration {

  private static final String TASK = "task";
  private static final String MODEL = "model";
  private static final String BY_MODEL = "when-model";

  private final Config config;

  private RunConfiguration(Config config) {
    this.config = config;
  }

  /** Starts with the defaults alone. */
  public static Builder builder() {
    return new Builder();
  }

  /** The resolved configuration: every known key, and no other. */
  public Config config() {
    return config;
  }

  /** All keys in alphabetical order, with their values and origins. */
  public List<Setting> settings() {
    return Keys.leaves(config.root()).entrySet().stream()
        .map(
            entry ->
                new Setting(
                    entry.getKey(),
                    entry.getValue().render(Origins.CONCISE),
                    Origins.describe(entry.getValue().origin())))
        .toList();
  }

  /**
   * The keys that have other values than the defaults of task and model, as one would write them.
   */
  public SortedMap<String, String> changed() {
    Builder defaults = builder();
    for (String key : List.of(TASK, MODEL)) {
      defaults.set(key + "=" + config.getString(key));
    }
    Map<String, String> known = new HashMap<>();
    defaults.build().settings().forEach(setting -> known.put(setting.key(), setting.value()));
    SortedMap<String, String> changed = new TreeMap<>();
    for (Setting setting : settings()) {
      if (!setting.value().equals(known.get(setting.key()))) {
        changed.put(setting.key(), setting.value());
      }
    }
    return changed;
  }

  /** Gathers the layers of a configuration. */
  public static final class Builder {
    private Config file = ConfigFactory.empty();
    private Config set = ConfigFactory.empty();
    private String dataTask;

    private Builder() {}

    /** Takes a local file, with what it includes. */
    public Builder file(File path) {
      Path place = new Path(path.toURI());
      try {
        return file(
            ConfigurationFile.of(new Configuration(), place, path.toString())
                .orElseThrow(
                    () ->
                        new InvalidConfigurationException(
                            "Cannot read configuration " + path + ": there is no such file")));
      } catch (IOException e) {
        throw unreadable(path.toString(), e);
      }
    }

    private static InvalidConfigurationException unreadable(String name, IOException e) {
      return new InvalidConfigurationException(
          "Cannot read configuration " + name + ": " + e.getMessage(), e);
    }

    /**
     * Takes the text of a file without includes.
     *
     * @param name where it was read from
     */
    public Builder text(String name, String text) {
      file =
          parsed(
              () ->
                  ConfigFactory.parseString(
                      text, ConfigParseOptions.defaults().setOriginDescription(name)));
      return this;
    }

    /** Takes a file, with what it includes. */
    public Builder file(ConfigurationFile path) {
      try {
        String text = path.text();
        file = parsed(() -> ConfigFactory.parseString(text, new IncludedFiles(path).options()));
        return this;
      } catch (IOException e) {
        throw unreadable(path.name(), e);
      }
    }

    /**
     * Sets a key, before all other layers.
     *
     * @param assignment {@code key=value}, the value written as in a file
     */
    public Builder set(String assignment) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new InvalidConfigurationException(
            "Invalid --set " + assignment + ": write key=value");
      }
      ConfigParseOptions options =
          ConfigParseOptions.defaults().setOriginDescription(Origins.COMMAND_LINE);
      Config one = parsed(() -> ConfigFactory.parseString(assignment, options));
      set = one.withFallback(set);
      return this;
    }

    /** Takes the task that the data is of, where no other is asked for. */
    public Builder dataTask(String name) {
      dataTask = name;
      return this;
    }

    /**
     * Puts the layers together.
     *
     * @throws InvalidConfigurationException naming a key and where it stands, if it is unknown or
     *     its value has another type than its default, or if the data is of another task
     */
    public RunConfiguration build() {
      return build(Map.of());
    }

    /**
     * Puts the layers together, with values that go before all of them.
     *
     * @param first values by full path
     * @throws InvalidConfigurationException as {@link #build()} does
     */
    public RunConfiguration build(Map<String, ConfigValue> first) {
      Config reference = Reference.LAYER;
      Config asked = set.withFallback(file);
      for (Map.Entry<String, ConfigValue> value : first.entrySet()) {
        asked = asked.withValue(value.getKey(), value.getValue());
      }
      String task = task(asked);
      if (dataTask != null && !asked.hasPath(TASK)) {
        asked = asked.withValue(TASK, ConfigValueFactory.fromAnyRef(task, Origins.DATA));
      }
      String model = named(MODEL, asked);
      Config all = asked.withFallback(taskDefaults(task, model)).withFallback(reference);
      return new RunConfiguration(checked(all));
    }

    /** A value that decides which defaults there are, so that it is looked at before them. */
    private static String named(String key, Config asked) {
      if (asked.isResolved()) {
        return (asked.hasPath(key) ? asked : Reference.RESOLVED).getString(key);
      }
      return asked.withFallback(Reference.LAYER).resolve().getString(key);
    }

    private String task(Config asked) {
      String task = named(TASK, asked);
      if (dataTask == null || task.equals(dataTask)) {
        return task;
      }
      if (asked.hasPath(TASK)) {
        throw new InvalidConfigurationException(
            "Invalid task ("
                + Origins.describe(asked.getValue(TASK).origin())
                + "): "
                + task
                + ", but the prepared data is of "
                + dataTask);
      }
      return dataTask;
    }

    /** The task's resource, with what it says of this model before what it says of all. */
    private static Config taskDefaults(String task, String model) {
      return Reference.TASK_DEFAULTS.computeIfAbsent(
          List.of(task, model), names -> readTaskDefaults(task, model));
    }

    private static Config readTaskDefaults(String task, String model) {
      String resource = "org/sparksbp/config/task-defaults/" + task + ".conf";
      Config defaults =
          parsed(
              () ->
                  ConfigFactory.parseResources(
                      loader(), resource, ConfigParseOptions.defaults().setAllowMissing(true)));
      String byModel = ConfigUtil.joinPath(BY_MODEL, model);
      Config ofModel =
          defaults.hasPath(byModel) ? defaults.getConfig(byModel) : ConfigFactory.empty();
      return ofModel.withFallback(defaults.withoutPath(BY_MODEL));
    }

    private static Config checked(Config all) {
      Config resolved =
          parsed(() -> all.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(false)));
      Config typed = Reference.KEYS.checked(resolved);
      checkSeed("seed", resolved.getValue("seed"));
      resolved.getList("sweep.seeds").forEach(seed -> checkSeed("sweep.seeds", seed));
      return typed;
    }

    /** A number beyond 64 bits would be cut to the largest, as every other such seed. */
    private static void checkSeed(String key, ConfigValue value) {
      String written = String.valueOf(value.unwrapped());
      try {
        var unused = new BigDecimal(written.strip()).longValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        throw new InvalidConfigurationException(
            String.format(
                Locale.ROOT,
                "Invalid %s (%s): %s is no whole number of 64 bits, %d to %d",
                key,
                Origins.describe(value.origin()),
                written,
                Long.MIN_VALUE,
                Long.MAX_VALUE));
      }
    }

    private static ClassLoader loader() {
      return RunConfiguration.class.getClassLoader();
    }
  }

  /** What the software says by itself; read once, for sweeps resolve thousands of runs. */
  private static final class Reference {
    static final Config LAYER =
        parsed(() -> ConfigFactory.parseResources(Builder.loader(), "reference.conf"));
    static final Config RESOLVED = parsed(LAYER::resolve);
    static final Keys KEYS = new Keys(RESOLVED.root());
    static final Map<List<String>, Config> TASK_DEFAULTS = new ConcurrentHashMap<>();
  }

  /** A step of reading. */
  private interface Reading {
    Config read();
  }

  private static Config parsed(Reading reading) {
    try {
      return reading.read();
    } catch (ConfigException.Parse | ConfigException.IO e) {
      throw new InvalidConfigurationException("Invalid configuration: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new InvalidConfigurationException(
          "Invalid configuration: its brackets are nested too deeply to be read", e);
    }
  }
}
