package org.sparksbp.kernel;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which {@link Kernels} a process computes with, from the key {@code compute.kernels}. The kernels
 * differ by rounding, so {@code auto} is decided once, by the driver: an executor that decided for
 * itself, without the module that the driver has, would change a run's bits unnoticed.
 */
public final class KernelChoice {

  /** The values of the key. */
  public static final List<String> NAMES = List.of("auto", "plain", "vector");

  private static final String KEY = "compute.kernels";
  private static final String MODULE = "jdk.incubator.vector";
  private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);

  private KernelChoice() {}

  /**
   * The kernels that a configuration asks for.
   *
   * @throws ConfigException.BadValue naming the key, if its value is none of {@link #NAMES}
   * @throws MissingKernelsException as {@link #named(String)} does
   */
  public static Kernels of(Config configuration) {
    return named(asked(configuration));
  }

  /**
   * Checks the key without loading any kernels: the driver checks, executors compute.
   *
   * @throws ConfigException.BadValue naming the key, if its value is none of {@link #NAMES}
   */
  public static void check(Config configuration) {
    String name = configuration.getString(KEY);
    if (!NAMES.contains(name)) {
      throw new ConfigException.BadValue(
          configuration.getValue(KEY).origin(),
          KEY,
          name + ", must be one of " + String.join(", ", NAMES));
    }
  }

  /**
   * The configuration of a run, {@code auto} replaced by the name of what this process takes.
   * Without the key it stays as it is.
   *
   * @throws ConfigException.BadValue naming the key, if its value is none of {@link #NAMES}
   */
  public static Config decided(Config configuration) {
    return decided(configuration, vectorAvailable());
  }

  /**
   * The configuration of a trained model for a run that only infers: as {@link #decided(Config)},
   * and {@code plain} takes the place of {@code vector} where this process has no vectors, so that
   * a model can be used on other machines than it was trained on.
   *
   * @throws ConfigException.BadValue naming the key, if its value is none of {@link #NAMES}
   */
  public static Config decidedForInference(Config configuration) {
    return decidedForInference(configuration, vectorAvailable());
  }

  static Config decided(Config configuration, boolean vectorAvailable) {
    return configuration.hasPath(KEY) && asked(configuration).equals("auto")
        ? with(configuration, vectorAvailable ? "vector" : "plain")
        : configuration;
  }

  static Config decidedForInference(Config configuration, boolean vectorAvailable) {
    Config decided = decided(configuration, vectorAvailable);
    return decided.hasPath(KEY) && !vectorAvailable ? with(decided, "plain") : decided;
  }

  private static String asked(Config configuration) {
    check(configuration);
    return configuration.getString(KEY);
  }

  private static Config with(Config configuration, String name) {
    return configuration.withValue(KEY, ConfigValueFactory.fromAnyRef(name, "this machine"));
  }

  /**
   * The kernels of that name; {@code auto} takes {@code vector} where the Java virtual machine was
   * started with the module, else {@code plain}. May be shared between threads.
   *
   * @throws IllegalArgumentException if the name is none of {@link #NAMES}
   * @throws MissingKernelsException if {@code vector} is asked for without the module
   */
  public static Kernels named(String name) {
    return named(name, vectorAvailable());
  }

  /** Whether this Java virtual machine was started with the Vector API. */
  public static boolean vectorAvailable() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  static Kernels named(String name, boolean vectorAvailable) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "Invalid compute.kernels: " + name + ", must be one of " + String.join(", ", NAMES));
    }
    if (name.equals("vector") && !vectorAvailable) {
      throw new MissingKernelsException(
          "Cannot use compute.kernels = vector: the Java virtual machine runs without the Vector"
              + " API; start it with --add-modules="
              + MODULE
              + " (spark.driver.extraJavaOptions and spark.executor.extraJavaOptions on a cluster)"
              + " or set compute.kernels = plain");
    }
    return name.equals("plain") || !vectorAvailable ? Plain.KERNELS : Vector.KERNELS;
  }

  // Each holder is loaded, and logs, once a process, when its kernels are first asked for. Without
  // the module nothing may touch the class of the vector kernels: it would not link.

  private static final class Plain {
    static final Kernels KERNELS = new PlainKernels();

    static {
      LOG.info("Kernels: plain{}", vectorAvailable() ? "" : " (no module " + MODULE + ")");
    }
  }

  private static final class Vector {
    static final Kernels KERNELS = new VectorKernels();

    static {
      LOG.info("Kernels: vector, {} lanes of single precision", VectorKernels.lanes());
    }
  }
}
