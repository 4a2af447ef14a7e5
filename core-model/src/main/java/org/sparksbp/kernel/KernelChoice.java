package org.sparksbp.kernel;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which {@link Kernels} a process computes with, from the key {@code compute.kernels}. Resolved on
 * the machine that computes: an executor may lack the module that the driver has.
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
   * @throws IllegalStateException as {@link #named(String)} does
   */
  public static Kernels of(Config configuration) {
    check(configuration);
    return named(configuration.getString(KEY));
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
          configuration.getValue(KEY).origin(), KEY, name + ", must be one of " + NAMES);
    }
  }

  /**
   * The kernels of that name; {@code auto} takes {@code vector} where the Java virtual machine was
   * started with the module, else {@code plain}. May be shared between threads.
   *
   * @throws IllegalArgumentException if the name is none of {@link #NAMES}
   * @throws IllegalStateException if {@code vector} is asked for without the module
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
          "Invalid compute.kernels: " + name + ", must be one of " + NAMES);
    }
    if (name.equals("vector") && !vectorAvailable) {
      throw new IllegalStateException(
          "Cannot use compute.kernels = vector: the Java virtual machine runs without the Vector"
              + " API; start it with --add-modules="
              + MODULE
              + " (spark.driver.extraJavaOptions and spark.executor.extraJavaOptions on a cluster)"
              + " or set compute.kernels = auto");
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
