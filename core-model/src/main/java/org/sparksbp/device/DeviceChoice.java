package org.sparksbp.device;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;

/**
 * Whether a run computes on the processor or on a graphics card, from the key {@code
 * compute.device}. The two differ by rounding, so {@code auto} is decided once, by the driver.
 */
public final class DeviceChoice {

  /** The values of the key. */
  public static final List<String> NAMES = List.of("auto", "cpu", "gpu");

  private static final String KEY = "compute.device";
  private static final String ADDRESS = "compute.device-address";

  private DeviceChoice() {}

  /**
   * Checks the key without looking for a device.
   *
   * @throws ConfigException.BadValue naming the key, if its value is none of {@link #NAMES}
   */
  public static void check(Config configuration) {
    asked(configuration);
  }

  /** The configuration of a run, {@code auto} replaced by what it is to compute on. */
  public static Config decided(Config configuration, boolean gpuAssigned) {
    return asked(configuration).equals("auto")
        ? with(configuration, KEY, gpuAssigned ? "gpu" : "cpu", "what Spark has assigned")
        : configuration;
  }

  /** Whether a run computes on a graphics card; {@code auto} that nobody has decided does not. */
  public static boolean isGpu(Config configuration) {
    return asked(configuration).equals("gpu");
  }

  /** The configuration of a process that was given the device with that address. */
  public static Config at(Config configuration, String address) {
    return with(configuration, ADDRESS, address, "what Spark has assigned");
  }

  /** The configuration of a process that computes on its processor, whatever its run is to. */
  public static Config onProcessor(Config configuration) {
    return isGpu(configuration)
        ? with(configuration, KEY, "cpu", "a process without a graphics card")
        : configuration;
  }

  /** The configuration with the decision left open again, for a run on other machines. */
  public static Config undecided(Config configuration) {
    return with(with(configuration, KEY, "auto", "another run"), ADDRESS, "", "another run");
  }

  /** Address of the device, see {@link Devices#open}; empty for the first. */
  public static String address(Config configuration) {
    return configuration.hasPath(ADDRESS) ? configuration.getString(ADDRESS) : "";
  }

  /**
   * Complains of a setting that is not computed on a device.
   *
   * @param key of the setting
   * @param value that it has
   * @param instead values that are, or what to do
   */
  public static ConfigException.BadValue onlyOnProcessor(
      Config configuration, String key, String value, String instead) {
    return new ConfigException.BadValue(
        configuration.getValue(key).origin(),
        key,
        value + " is not computed on a graphics card: " + instead + ", or set " + KEY + " to cpu");
  }

  private static String asked(Config configuration) {
    if (!configuration.hasPath(KEY)) {
      return "cpu";
    }
    String name = configuration.getString(KEY);
    if (!NAMES.contains(name)) {
      throw new ConfigException.BadValue(
          configuration.getValue(KEY).origin(),
          KEY,
          name + ", must be one of " + String.join(", ", NAMES));
    }
    return name;
  }

  private static Config with(Config configuration, String key, String value, String origin) {
    return configuration.withValue(key, ConfigValueFactory.fromAnyRef(value, origin));
  }
}
