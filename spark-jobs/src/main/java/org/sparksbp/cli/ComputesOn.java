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
    options
        .err()
        .println(
            DeviceChoice.isGpu(decided)
                ? "computing on graphics cards: " + name(decided)
                : "computing on processors");
    options.err().flush();
  }
}
