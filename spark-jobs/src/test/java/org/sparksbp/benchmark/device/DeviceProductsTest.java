package org.sparksbp.benchmark.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.device.Device;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.device.ProductTile;

/** Sums of products on any device that OpenCL names; skipped without one. */
class DeviceProductsTest {

  private static Device device;

  @BeforeAll
  static void anyDevice() {
    System.setProperty(Devices.TYPES, "all");
    try {
      device = Devices.open("");
    } catch (NoDeviceException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @AfterAll
  static void onlyCards() {
    System.clearProperty(Devices.TYPES);
  }

  /** A tile's edge in the middle, samples that fill no block, one row, one column, one sample. */
  @ParameterizedTest
  @CsvSource({
    "8, 16, 70, 150, 19",
    "8, 16, 64, 128, 8",
    "2, 2, 17, 15, 9",
    "2, 4, 1, 33, 1",
    "4, 2, 33, 1, 30"
  })
  void everySumRunsOverTheSamplesInTheirOrderWhateverTheTile(
      int down, int across, int rows, int columns, int samples) {
    Random random = new Random(7);
    float[] before = randoms(random, samples * rows);
    float[] after = randoms(random, samples * columns);
    try (DeviceProducts products =
        new DeviceProducts(device, new ProductTile(down, across), rows, columns, samples)) {
      assertThat(products.sums(before, after))
          .isEqualTo(inOrder(before, after, rows, columns, samples));
    }
  }

  private static float[] randoms(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static float[] inOrder(
      float[] before, float[] after, int rows, int columns, int samples) {
    float[] sums = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float sum = 0;
        for (int r = 0; r < samples; r++) {
          sum = Math.fma(before[r * rows + i], after[r * columns + j], sum);
        }
        sums[i * columns + j] = sum;
      }
    }
    return sums;
  }
}
