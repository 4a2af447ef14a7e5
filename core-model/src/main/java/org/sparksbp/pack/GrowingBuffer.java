package org.sparksbp.pack;

import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;

/** Memory of a device that is made larger when more is needed, and holds anything afterwards. */
public final class GrowingBuffer implements AutoCloseable {

  private final Device device;
  private DeviceBuffer buffer;

  public GrowingBuffer(Device device) {
    this.device = device;
  }

  /** A buffer of at least that many bytes. */
  public DeviceBuffer atLeast(long bytes) {
    if (buffer == null || buffer.bytes() < bytes) {
      close();
      buffer = device.allocate(bytes);
    }
    return buffer;
  }

  /** The buffer as it is; there must have been a need for it. */
  public DeviceBuffer get() {
    return buffer;
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
  }
}
