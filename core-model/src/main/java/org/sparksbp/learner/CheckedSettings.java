package org.sparksbp.learner;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads settings and checks each: every complaint is a {@link ConfigException.BadValue} that names
 * the key and where it was set.
 */
public final class CheckedSettings {

  private final Config configuration;
  private final String prefix;
  private final String preferred;

  private CheckedSettings(String prefix, String preferred, Config configuration) {
    this.configuration = configuration;
    this.prefix = prefix;
    this.preferred = preferred;
  }

  /**
   * All settings of a run, by their whole keys.
   *
   * @param configuration the whole resolved configuration of a run
   */
  public static CheckedSettings of(Config configuration) {
    return new CheckedSettings("", "", configuration);
  }

  /**
   * The settings of one block.
   *
   * @param configuration the whole resolved configuration of a run
   * @param block what the keys of its settings begin with, for example {@code rbm}
   */
  public CheckedSettings(Config configuration, String block) {
    this(block + ".", block + ".", configuration);
  }

  /**
   * The block's settings, but those that a block within it has too are that one's.
   *
   * @param inner name of the inner block, which need not be there
   */
  public CheckedSettings preferring(String inner) {
    return new CheckedSettings(prefix, prefix + inner + ".", configuration);
  }

  /** Neurons of each hidden layer, {@code network.hidden}: at least one layer, none empty. */
  public List<Integer> hidden() {
    List<Integer> hidden = configuration.getIntList("network.hidden");
    if (hidden.isEmpty()) {
      throw badPath("network.hidden", "needs at least one hidden layer");
    }
    for (int neurons : hidden) {
      if (neurons < 1) {
        throw badPath("network.hidden", "a layer of " + neurons + " neurons, must be at least 1");
      }
    }
    return List.copyOf(hidden);
  }

  /** Step sizes of the weight matrices, the last for all after it: at least one, none negative. */
  public List<Double> stepSizes(String key) {
    return ofMatrices(key, "step sizes");
  }

  /** Factors on initial weights, likewise. */
  public List<Double> startScales(String key) {
    return ofMatrices(key, "scales");
  }

  private List<Double> ofMatrices(String key, String what) {
    List<Double> values = configuration.getDoubleList(path(key));
    if (values.isEmpty()) {
      throw bad(
          key, "no " + what + ", give one for each weight matrix; the last stands for the rest");
    }
    for (double value : values) {
      if (!Float.isFinite((float) value) || value < 0) {
        throw bad(key, value + ", must be a number of at least 0 and of single precision");
      }
    }
    return List.copyOf(values);
  }

  /** Any number but infinities and NaN, in single precision as well. */
  public double finite(String key) {
    double value = configuration.getDouble(path(key));
    if (!Float.isFinite((float) value)) {
      throw bad(key, value + ", must be a finite number of single precision");
    }
    return value;
  }

  /** A finite number above 0. */
  public double positive(String key) {
    double value = finite(key);
    if (value <= 0) {
      throw bad(key, value + ", must be greater than 0");
    }
    return value;
  }

  /** A finite number of at least 0. */
  public double notNegative(String key) {
    double value = finite(key);
    if (value < 0) {
      throw bad(key, value + ", must be at least 0");
    }
    return value;
  }

  /** A finite number other than 0 that a change is divided by, in single precision as well. */
  public double divisor(String key) {
    double value = finite(key);
    if ((float) value == 0f) {
      throw bad(key, value + ", changes are divided by it, so it must not be 0");
    }
    return value;
  }

  /** A number from {@code least} to {@code most}, both included. */
  public double between(String key, double least, double most) {
    double value = finite(key);
    if (value < least || value > most) {
      throw bad(key, value + ", must be from " + least + " to " + most);
    }
    return value;
  }

  /** A number from 0 to below 1, such as a momentum. */
  public double belowOne(String key) {
    double value = finite(key);
    if (value < 0 || value >= 1) {
      throw bad(key, value + ", must be from 0 to below 1");
    }
    return value;
  }

  /** A whole number from {@code least} on. */
  public int atLeast(String key, int least) {
    int value = configuration.getInt(path(key));
    if (value < least) {
      throw bad(key, value + ", must be at least " + least);
    }
    return value;
  }

  public boolean flag(String key) {
    return configuration.getBoolean(path(key));
  }

  /** The constant whose {@link #nameOf name in configurations} the key has. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(key, List.of(type.getEnumConstants()), CheckedSettings::nameOf);
  }

  /** What the key's value stands for. */
  public <T> T choice(String key, Map<String, T> choices) {
    return choices.get(choice(key, new TreeSet<>(choices.keySet()), Function.identity()));
  }

  /**
   * The one of some values whose name the key has.
   *
   * @param values in the order in which a complaint names them
   * @param name of a value in configurations
   */
  public <T> T choice(String key, Collection<T> values, Function<T, String> name) {
    String given = configuration.getString(path(key));
    return values.stream()
        .filter(value -> name.apply(value).equals(given))
        .findFirst()
        .orElseThrow(() -> bad(key, mustBeOneOf(given, values.stream().map(name).toList())));
  }

  /** A constant's name in configurations: in lower case, with hyphens. */
  public static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How every complaint about a name that is none of the known ones ends. */
  public static String mustBeOneOf(String given, List<String> known) {
    return given + ", must be one of " + String.join(", ", known);
  }

  /** A complaint about one of the block's keys, to be thrown. */
  public ConfigException.BadValue bad(String key, String reason) {
    return badPath(path(key), reason);
  }

  /** A complaint about any key, to be thrown. */
  public ConfigException.BadValue badPath(String path, String reason) {
    return new ConfigException.BadValue(configuration.getValue(path).origin(), path, reason);
  }

  private String path(String key) {
    return configuration.hasPath(preferred + key) ? preferred + key : prefix + key;
  }
}
