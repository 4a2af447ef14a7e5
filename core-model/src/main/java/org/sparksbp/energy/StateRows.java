package org.sparksbp.energy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.device.DeviceKernel;
import org.sparksbp.device.DeviceKernel.Groups;
import org.sparksbp.device.DeviceMemoryException;

/** Rows of states in one buffer of a device, found by a number, some of them unused. */
final class StateRows implements AutoCloseable {

  private static final int FIRST = 1024;
  private static final int COPIED_AT_ONCE = 4096;
  private static final int COPYING_ITEMS = 128;

  private final Device device;
  private final DeviceKernel copying;
  private final int length;
  private final int most;
  private DeviceBuffer buffer;
  private int count;
  private int[] unused = new int[0]; // the last one to be taken first
  private int unusedCount;

  /**
   * Some rows, none of them used.
   *
   * @param copying the kernel {@code copyStates}; closed with this
   * @param length states of a row
   * @param mostBytes of the buffer
   */
  StateRows(Device device, DeviceKernel copying, int length, long mostBytes) {
    this.device = device;
    this.copying = copying;
    this.length = length;
    most = (int) Math.min(Integer.MAX_VALUE / 2, mostBytes / Float.BYTES / length);
    try {
      grow(FIRST);
    } catch (RuntimeException | Error e) {
      copying.close();
      throw e;
    }
  }

  /** The rows one after the other; another buffer once they have {@link #grow grown}. */
  DeviceBuffer buffer() {
    return buffer;
  }

  int count() {
    return count;
  }

  int unused() {
    return unusedCount;
  }

  /** An unused row, which there must be; it holds anything. */
  int take() {
    return unused[--unusedCount];
  }

  /** Takes all other rows for unused. */
  void keepOnly(BitSet used) {
    unusedCount = 0;
    addUnused(used, 0, count);
  }

  private void addUnused(BitSet used, int from, int to) {
    for (int row = to - 1; row >= from; row--) {
      if (!used.get(row)) {
        unused[unusedCount++] = row;
      }
    }
  }

  /**
   * Takes more memory, for twice as many rows if there is as much.
   *
   * @throws DeviceMemoryException if there is none
   */
  void grow() {
    grow(2 * count);
  }

  private void grow(int wanted) {
    int target = Math.min(wanted, most);
    if (target <= count) {
      throw new DeviceMemoryException(
          "Cannot keep the states of more than "
              + count
              + " training samples on "
              + device.description().name()
              + ": one buffer holds no more; train fewer trials at a time (sweep.pack)");
    }
    DeviceBuffer larger = device.allocate((long) target * length * Float.BYTES);
    if (buffer != null) {
      buffer.copyTo(larger, 0, 0, (long) count * length);
      device.finish();
      buffer.close();
    }
    buffer = larger;
    unused = Arrays.copyOf(unused, target);
    addUnused(new BitSet(), count, target);
    count = target;
  }

  /**
   * Reads rows.
   *
   * @param states receive them
   */
  void read(int[] numbers, List<float[]> states) {
    copy(numbers, states, true);
  }

  void write(int[] numbers, List<float[]> states) {
    copy(numbers, states, false);
  }

  /** By way of a dense array on the device: rows lie anywhere, and one transfer each is slow. */
  private void copy(int[] numbers, List<float[]> states, boolean reads) {
    if (numbers.length == 0) {
      return;
    }
    int items = Math.min(COPYING_ITEMS, device.description().workGroupSize());
    int atOnce = Math.min(COPIED_AT_ONCE, numbers.length);
    try (DeviceBuffer dense = device.allocate((long) atOnce * length * Float.BYTES);
        DeviceBuffer chosen = device.allocate((long) atOnce * Integer.BYTES)) {
      for (int first = 0; first < numbers.length; first += atOnce) {
        int end = Math.min(numbers.length, first + atOnce);
        float[] values = new float[(end - first) * length];
        for (int i = first; i < end && !reads; i++) {
          System.arraycopy(states.get(i), 0, values, (i - first) * length, length);
        }
        chosen.write(0, Arrays.copyOfRange(numbers, first, end));
        if (!reads) {
          dense.write(0, values);
        }
        Groups groups = Groups.of(items, end - first);
        copying.launch(groups, buffer, chosen, dense, reads ? 1 : 0);
        if (reads) {
          dense.read(0, values);
        }
        for (int i = first; i < end && reads; i++) {
          System.arraycopy(values, (i - first) * length, states.get(i), 0, length);
        }
      }
      device.finish();
    }
  }

  @Override
  public void close() {
    buffer.close();
    copying.close();
  }
}
