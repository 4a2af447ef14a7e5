package org.sparksbp.pack;

import java.util.List;
import java.util.TreeMap;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.device.DeviceKernel;
import org.sparksbp.device.DeviceKernel.Groups;
import org.sparksbp.device.DeviceSource;
import org.sparksbp.pack.PackModel.ParametersOnDevice;

/** Tells which members' parameters are still finite, without bringing them to this process. */
final class FiniteCheck implements AutoCloseable {

  private static final DeviceSource SOURCE =
      new DeviceSource(List.of("/org/sparksbp/pack/finite.cl"), new TreeMap<String, String>());
  private static final int ITEMS = 128;

  /** Parameters of a work-item. */
  private static final int OF_AN_ITEM = 32;

  private final DeviceKernel kernel;
  private final GrowingBuffer found;
  private final int items;

  FiniteCheck(Device device) {
    kernel = device.program(SOURCE).kernel("findNotFinite");
    found = new GrowingBuffer(device);
    items = Math.min(ITEMS, device.description().workGroupSize());
  }

  /**
   * Queues the check.
   *
   * @param memberOf numbers of those that take part, {@code [taking]}
   */
  void queue(ParametersOnDevice parameters, DeviceBuffer memberOf, int taking) {
    DeviceBuffer flags = found.atLeast((long) taking * Integer.BYTES);
    flags.clear(0, taking);
    long ofGroup = (long) items * OF_AN_ITEM;
    kernel.launch(
        Groups.of(items, (parameters.length() + ofGroup - 1) / ofGroup, taking),
        parameters.values(),
        memberOf,
        flags,
        parameters.stride(),
        parameters.length(),
        OF_AN_ITEM);
  }

  /** What was found, when all is done that the device was given: 0 for finite, {@code [taking]}. */
  int[] read(int taking) {
    int[] flags = new int[taking];
    found.get().read(0, flags);
    return flags;
  }

  @Override
  public void close() {
    kernel.close();
    found.close();
  }
}
