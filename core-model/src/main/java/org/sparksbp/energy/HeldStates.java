package org.sparksbp.energy;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/**
 * States of a member's samples by id as they were once. They stay on the device until somebody
 * looks at them.
 */
final class HeldStates extends AbstractMap<String, float[]> {

  private final DeviceStates device;
  private final int size;
  private int[] numbers; // by column, as in DeviceStates; null once the states were read
  private Map<String, float[]> states;

  /**
   * States that nobody has looked at.
   *
   * @param device guards {@link #numbers()}
   * @param numbers not written to as long as this has them
   * @param size how many of them are no -1
   */
  HeldStates(DeviceStates device, int[] numbers, int size) {
    this.device = device;
    this.numbers = numbers;
    this.size = size;
  }

  DeviceStates device() {
    return device;
  }

  /** Where the states are on the device; null if they were read from there. */
  int[] numbers() {
    return numbers;
  }

  /** Takes over what was read. */
  void hold(Map<String, float[]> read) {
    states = read;
    numbers = null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean containsKey(Object id) {
    return id instanceof String name && device.holds(this, name);
  }

  @Override
  public float[] get(Object id) {
    return device.read(this).get(id);
  }

  @Override
  public Set<Entry<String, float[]>> entrySet() {
    return device.read(this).entrySet();
  }

  /** What was read; null before. */
  Map<String, float[]> states() {
    return states;
  }
}
