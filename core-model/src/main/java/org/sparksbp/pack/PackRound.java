package org.sparksbp.pack;

import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;

/** What the members' batches of a round share on the device; its memory is reused. */
final class PackRound implements AutoCloseable {

  private final GrowingBuffer memberOf;
  private final GrowingBuffer slots;
  private final GrowingBuffer keys;
  private final GrowingBuffer scalars;
  private final GrowingBuffer outputs;
  private final GrowingBuffer counts;
  private int stride;
  private int scalarStride;

  PackRound(Device device) {
    memberOf = new GrowingBuffer(device);
    slots = new GrowingBuffer(device);
    keys = new GrowingBuffer(device);
    scalars = new GrowingBuffer(device);
    outputs = new GrowingBuffer(device);
    counts = new GrowingBuffer(device);
  }

  /**
   * Takes over what is to be done.
   *
   * @param members their numbers
   * @param rowSlots {@code [members, rows]}
   * @param rowKeys {@code [members, rows]}
   * @param batchScalars {@code [members, scalars of all batches]}
   * @param outputLength outputs of a row
   * @param countLength counts of a row
   */
  void load(
      int[] members,
      int[] rowSlots,
      long[] rowKeys,
      float[] batchScalars,
      int outputLength,
      int countLength) {
    stride = rowSlots.length / members.length;
    scalarStride = batchScalars.length / members.length;
    memberOf.atLeast((long) members.length * Integer.BYTES).write(0, members);
    slots.atLeast((long) rowSlots.length * Integer.BYTES).write(0, rowSlots);
    keys.atLeast((long) rowKeys.length * Long.BYTES).write(0, rowKeys);
    scalars.atLeast((long) batchScalars.length * Float.BYTES).write(0, batchScalars);
    outputs.atLeast((long) rowSlots.length * outputLength * Float.BYTES);
    counts.atLeast((long) rowSlots.length * countLength * Integer.BYTES);
  }

  int stride() {
    return stride;
  }

  int scalarStride() {
    return scalarStride;
  }

  DeviceBuffer memberOf() {
    return memberOf.get();
  }

  DeviceBuffer slots() {
    return slots.get();
  }

  DeviceBuffer keys() {
    return keys.get();
  }

  DeviceBuffer scalars() {
    return scalars.get();
  }

  DeviceBuffer outputs() {
    return outputs.get();
  }

  DeviceBuffer counts() {
    return counts.get();
  }

  @Override
  public void close() {
    memberOf.close();
    slots.close();
    keys.close();
    scalars.close();
    outputs.close();
    counts.close();
  }
}
