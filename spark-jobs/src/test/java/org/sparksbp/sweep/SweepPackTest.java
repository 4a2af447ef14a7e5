package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.cluster.GpuAmounts;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.training.TrainingFixture;

/** Trials side by side on a device, which any that OpenCL names stands for; skipped without one. */
class SweepPackTest {

  @TempDir Path folder;

  @BeforeAll
  static void anyDevice() {
    System.setProperty(Devices.TYPES, "all");
    try {
      Devices.describe("");
    } catch (NoDeviceException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @AfterAll
  static void onlyCards() {
    System.clearProperty(Devices.TYPES);
  }

  @Test
  @Timeout(180)
  void trialsOfAPackAreThoseTrainedAlone() throws IOException {
    SweepData data = SweepFixture.data(folder.resolve("shards"), 30, 12);
    try (JavaSparkContext spark =
        new JavaSparkContext(
            TrainingFixture.sparkConf("local[2]").set(GpuAmounts.LOCAL_AMOUNT, "1"))) {
      SortedMap<String, String> packed = tables(spark, data, "packed", 4);
      assertThat(packed).isEqualTo(tables(spark, data, "alone", 1));
    }
  }

  private SortedMap<String, String> tables(
      JavaSparkContext spark, SweepData data, String name, int pack) throws IOException {
    Path results = folder.resolve(name);
    SweepOutcome outcome =
        SweepFixture.run(
            spark,
            data,
            results,
            "model = rbm",
            "compute.device = gpu",
            "sweep.pack = " + pack,
            "sweep.arms { with { rule = sbp }, without { rule = plain } }",
            "sweep.seeds = [1, 2]");
    assertThat(outcome.done()).isEqualTo(4);
    return SweepFixture.tables(results.resolve("test"));
  }
}
