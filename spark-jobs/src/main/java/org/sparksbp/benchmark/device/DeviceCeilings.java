package org.sparksbp.benchmark.device;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.device.DeviceKernel;
import org.sparksbp.device.DeviceKernel.Groups;
import org.sparksbp.device.DeviceProgram;
import org.sparksbp.device.DeviceSource;

/**
 * What a device can do at most, the best of some tries.
 *
 * @param copyBytesPerSecond read and written in copying large buffers
 * @param multiplyAddsPerSecond fused multiply-adds of single precision in registers
 * @param launchSeconds of an empty launch among many
 * @param roundTripSeconds of an empty launch with reading one number back
 */
record DeviceCeilings(
    double copyBytesPerSecond,
    double multiplyAddsPerSecond,
    double launchSeconds,
    double roundTripSeconds) {

  private static final DeviceSource SOURCE =
      new DeviceSource(
          List.of("/org/sparksbp/benchmark/device/ceilings.cl"), new TreeMap<String, String>());
  private static final int TRIES = 5;
  private static final int GROUP = 256;
  private static final long MOST_BYTES = 1L << 30;

  /** So much of a card's memory is far more than its caches, and no burden to a processor. */
  private static final int MEMORY_SHARE = 64;

  private static final int ITEM_BYTES = 16;
  private static final int CHAINS = 16;
  private static final int UNROLLED = 8;
  private static final int GROUPS_PER_UNIT = 32;
  private static final double LONG_ENOUGH = 0.02;
  private static final int LAUNCHES = 500;

  /** Measures; takes some tenths of a second. */
  static DeviceCeilings measure(Device device) {
    DeviceProgram program = device.program(SOURCE);
    int items = Math.min(GROUP, device.description().workGroupSize());
    return new DeviceCeilings(
        copy(device, program, items),
        multiplyAdds(device, program, items),
        launches(device, program, items),
        roundTrips(device, program, items));
  }

  private static double copy(Device device, DeviceProgram program, int items) {
    long limit =
        Math.min(
            MOST_BYTES,
            Math.min(
                device.description().largestBufferBytes(),
                device.description().memoryBytes() / MEMORY_SHARE));
    long groups = Math.max(1, limit / ((long) items * ITEM_BYTES));
    long bytes = groups * items * ITEM_BYTES;
    try (DeviceBuffer source = device.allocate(bytes);
        DeviceBuffer target = device.allocate(bytes);
        DeviceKernel copy = program.kernel("copy")) {
      source.clear(0, bytes / Float.BYTES);
      double seconds = best(device, () -> copy.launch(Groups.of(items, groups), source, target));
      return 2.0 * bytes / seconds;
    }
  }

  private static double multiplyAdds(Device device, DeviceProgram program, int items) {
    long groups = (long) GROUPS_PER_UNIT * device.description().computeUnits();
    try (DeviceBuffer result = device.allocate(groups * items * Float.BYTES);
        DeviceKernel kernel = program.kernel("multiplyAdds")) {
      int rounds = 1;
      double seconds = 0;
      while (seconds < LONG_ENOUGH) {
        rounds *= 4;
        int now = rounds;
        seconds =
            best(device, () -> kernel.launch(Groups.of(items, groups), result, now, 0.5f, 0.25f));
      }
      return (double) groups * items * CHAINS * UNROLLED * rounds / seconds;
    }
  }

  private static double launches(Device device, DeviceProgram program, int items) {
    try (DeviceBuffer result = device.allocate((long) items * Float.BYTES);
        DeviceKernel kernel = program.kernel("nothing")) {
      return best(
              device,
              () -> {
                for (int launch = 0; launch < LAUNCHES; launch++) {
                  kernel.launch(Groups.of(items, 1), result, 0);
                }
              })
          / LAUNCHES;
    }
  }

  private static double roundTrips(Device device, DeviceProgram program, int items) {
    float[] number = new float[1];
    try (DeviceBuffer result = device.allocate((long) items * Float.BYTES);
        DeviceKernel kernel = program.kernel("nothing")) {
      return best(
          device,
          () -> {
            kernel.launch(Groups.of(items, 1), result, 0);
            result.read(0, number);
          });
    }
  }

  private static double best(Device device, Runnable work) {
    double[] seconds = new double[TRIES];
    work.run();
    device.finish();
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      work.run();
      device.finish();
      seconds[i] = (System.nanoTime() - start) * 1e-9;
    }
    return Arrays.stream(seconds).min().orElseThrow();
  }
}
