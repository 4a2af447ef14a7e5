package org.sparksbp.cluster;

import org.apache.spark.SparkEnv;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;

/**
 * What a task has found of its GPU.
 *
 * @param executor that the task has run in
 * @param host of the executor
 * @param address of the GPU on the host
 * @param description what it is; null if it is not usable
 * @param missing why it is not; empty if it is
 */
public record SurveyedGpu(
    String executor, String host, String address, DeviceDescription description, String missing) {

  /** Looks at the GPU of this task. */
  static SurveyedGpu ofTask() {
    return at(
        AssignedGpu.address()
            .orElseThrow(
                () -> new IllegalStateException("Cannot survey GPUs: a task was assigned none")));
  }

  /** Looks at a GPU of this process. */
  static SurveyedGpu at(String address) {
    String executor = SparkEnv.get().executorId();
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    try {
      return new SurveyedGpu(executor, host, address, Devices.describe(address), "");
    } catch (NoDeviceException e) {
      return new SurveyedGpu(executor, host, address, null, e.getMessage());
    }
  }

  /** Where it is, in words. */
  String place() {
    return "executor " + executor + " on " + host;
  }
}
