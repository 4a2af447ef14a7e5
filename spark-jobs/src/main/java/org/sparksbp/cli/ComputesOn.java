package org.sparksbp.cli;

import com.typesafe.config.Config;
import org.sparksbp.cluster.ClusterDevices;
import org.sparksbp.device.DeviceChoice;

/** What a run computes on, in words. */
final class ComputesOn {

  private ComputesOn() {}

  /** Name of the GPUs, or {@code cpu}, of a configuration that is decided. */
  static String name(Config decided) {
    return DeviceChoice.isGpu(decided) ? decided.getString(ClusterDevices.NAME) : "cpu";
  }

  /** Says it on the standard error stream. */
  static void tell(Config decided, CommonOptions options) {
    options.tell("computing on " + words(decided, options.gpus().isPresent()));
  }

  private static String words(Config decided, boolean gpusAskedFor) {
    if (DeviceChoice.isGpu(decided)) {
      return "graphics cards: " + name(decided);
    }
    return gpusAskedFor
        ? "processors, not on the graphics cards of --gpus: compute.device is cpu, or the model with"
            + " its settings is not computed on cards"
        : "processors";
  }
}
