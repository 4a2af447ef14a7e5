package org.sparksbp.benchmark.device;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.device.DeviceKernel;
import org.sparksbp.device.DeviceKernel.Groups;
import org.sparksbp.device.DeviceProgram;
import org.sparksbp.device.DeviceSource;
import org.sparksbp.device.ProductTile;

/**
 * The sums of products by which a network's first weights are changed: over the samples of a batch,
 * input times change of a hidden neuron, alone on a device.
 */
final class DeviceProducts implements AutoCloseable {

  private static final String RESOURCE = "/org/sparksbp/benchmark/device/products.cl";
  private static final int TRIES = 5;
  private static final double LONG_ENOUGH = 0.01;

  private final Device device;
  private final ProductTile tile;
  private final int rows;
  private final int columns;
  private final int samples;
  private final DeviceBuffer before; // [samples, rows]
  private final DeviceBuffer after; // [samples, columns]
  private final DeviceBuffer sums; // [rows, columns]
  private final DeviceKernel kernel;

  /** Products of arrays that hold anything. */
  DeviceProducts(Device device, ProductTile tile, int rows, int columns, int samples) {
    this.device = device;
    this.tile = tile;
    this.rows = rows;
    this.columns = columns;
    this.samples = samples;
    SortedMap<String, String> constants = new TreeMap<>();
    tile.putConstants(constants);
    DeviceProgram program =
        device.program(new DeviceSource(List.of(ProductTile.RESOURCE, RESOURCE), constants));
    kernel = program.kernel("products");
    before = device.allocate((long) samples * rows * Float.BYTES);
    after = device.allocate((long) samples * columns * Float.BYTES);
    sums = device.allocate((long) rows * columns * Float.BYTES);
  }

  /**
   * The sums of some products.
   *
   * @param ofRows {@code [samples, rows]}
   * @param ofColumns {@code [samples, columns]}
   * @return {@code [rows, columns]}
   */
  float[] sums(float[] ofRows, float[] ofColumns) {
    before.write(0, ofRows);
    after.write(0, ofColumns);
    launch();
    float[] all = new float[rows * columns];
    sums.read(0, all);
    return all;
  }

  /** Fused multiply-adds a second, the best of some tries. */
  double multiplyAddsPerSecond() {
    before.clear(0, (long) samples * rows);
    after.clear(0, (long) samples * columns);
    launch();
    device.finish();
    int times = 1;
    double seconds = seconds(times);
    while (seconds < LONG_ENOUGH) {
      times *= 2;
      seconds = seconds(times);
    }
    double[] tries = new double[TRIES];
    for (int i = 0; i < TRIES; i++) {
      tries[i] = seconds(times);
    }
    double best = Arrays.stream(tries).min().orElseThrow();
    return (double) rows * columns * samples * times / best;
  }

  private double seconds(int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      launch();
    }
    device.finish();
    return (System.nanoTime() - start) * 1e-9;
  }

  private void launch() {
    kernel.launch(
        new Groups(tile.items(), tile.tilesAcross(columns), tile.tilesDown(rows), 1),
        before,
        after,
        sums,
        rows,
        columns,
        samples);
  }

  @Override
  public void close() {
    kernel.close();
    before.close();
    after.close();
    sums.close();
  }
}
