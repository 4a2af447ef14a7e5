package org.sparksbp.learner;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a model's settings and checks each: every complaint is a {@link ConfigException.BadValue}
 * that names the key and where it was set.
 */
public final class CheckedSettings {

  private final Config configuration;
  private final String block;

  /**
   * The settings of one model.
   *
   * @param configuration the whole resolved configuration of a run
   * @param block group of the model's own keys, for example {@code rbm}
   */
  public CheckedSettings(Config configuration, String block) {
    this.configuration = configuration;
    this.block = block;
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
    List<Double> sizes = configuration.getDoubleList(path(key));
    if (sizes.isEmpty()) {
      throw bad(
          key, "no step sizes, give one for each weight matrix; the last stands for the rest");
    }
    for (double size : sizes) {
      if (!Double.isFinite(size) || size < 0) {
        throw bad(key, size + ", must be a number of at least 0");
      }
    }
    return List.copyOf(sizes);
  }

  /** Any number but infinities and NaN. */
  public double finite(String key) {
    double value = configuration.getDouble(path(key));
    if (!Double.isFinite(value)) {
      throw bad(key, value + ", must be a finite number");
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

  /** The constant whose name, in lower case, the key has. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(
        key,
        Stream.of(type.getEnumConstants())
            .collect(Collectors.toMap(c -> c.name().toLowerCase(Locale.ROOT), c -> c)));
  }

  /** What the key's value stands for. */
  public <T> T choice(String key, Map<String, T> choices) {
    return choice(
        key,
        name -> Optional.ofNullable(choices.get(name)),
        choices.keySet().stream().sorted().toList());
  }

  /**
   * What the key's value stands for.
   *
   * @param named finds it, or nothing
   * @param known all names, for the message
   */
  public <T> T choice(String key, Function<String, Optional<T>> named, List<String> known) {
    String name = configuration.getString(path(key));
    return named
        .apply(name)
        .orElseThrow(() -> bad(key, name + ", known are " + String.join(", ", known)));
  }

  /** A complaint about one of the model's own keys, to be thrown. */
  public ConfigException.BadValue bad(String key, String reason) {
    return badPath(path(key), reason);
  }

  /** A complaint about any key, to be thrown. */
  public ConfigException.BadValue badPath(String path, String reason) {
    return new ConfigException.BadValue(configuration.getValue(path).origin(), path, reason);
  }

  private String path(String key) {
    return block + "." + key;
  }
}
