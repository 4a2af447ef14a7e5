package org.sparksbp.sweep;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.sweep.plan.SweepData;

/** Tests of sweeps over the same few samples, with one Spark session a class. */
abstract class SmallSweeps {

  @TempDir static Path shards;
  static SweepData data;
  static JavaSparkContext spark;

  @TempDir Path results;

  @BeforeAll
  static void startSpark() throws IOException {
    data = SweepFixture.data(shards, 30, 12);
    spark = SweepFixture.spark();
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }
}
