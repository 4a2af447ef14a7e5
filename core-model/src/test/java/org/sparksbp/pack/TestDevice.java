package org.sparksbp.pack;

import org.junit.jupiter.api.Assumptions;
import org.sparksbp.device.Device;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;

/** The device that tests compute on: a graphics card or, with PoCL, the processor. */
public final class TestDevice {

  private TestDevice() {}

  /** The device; the test is skipped, saying why, if this machine has none. */
  public static Device open() {
    System.setProperty(Devices.TYPES, "all");
    try {
      return Devices.open("");
    } catch (NoDeviceException e) {
      System.out.println("Skipped: " + e.getMessage());
      return Assumptions.abort("no device: " + e.getMessage());
    }
  }
}
