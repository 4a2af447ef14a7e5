package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.sweep.plan.SweepData;

/**
 * Measures what planning, scheduling, recording and the tables take, with trials that do nearly
 * nothing. Not part of the build: {@code mvn -pl spark-jobs -am test -Dtest=SweepOverheadCheck
 * -Dsurefire.failIfNoSpecifiedTests=false}, and {@code -Dsweep.points=5000} for 10,000 trials.
 */
class SweepOverheadCheck {

  @TempDir Path folder;

  @Test
  void measure() throws IOException {
    int points = Integer.getInteger("sweep.points", 500);
    SweepData data = SweepFixture.data(folder.resolve("shards"), 20, 5);
    String[] settings = {
      "training.epochs = 1",
      "sweep { design = random, points = " + points + " }",
      "sweep.space.snn.beta { from = 0.1, to = 0.9 }",
      "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }"
    };
    try (JavaSparkContext spark = SweepFixture.spark()) {
      SweepFixture.run(spark, data, folder.resolve("warm"), "sweep.space.snn.beta = [0.1, 0.2]");
      long start = System.nanoTime();
      SweepOutcome outcome = SweepFixture.run(spark, data, folder.resolve("results"), settings);
      double seconds = (System.nanoTime() - start) / 1e9;
      List<Map<String, String>> times =
          SweepFixture.rows(folder.resolve("results/test/trial-times.csv"));
      double training =
          times.stream().mapToDouble(row -> Double.parseDouble(row.get("wall_seconds"))).sum();
      System.out.printf(
          "%d trials in %.1f s, %.1f ms a trial; of these %.1f ms in the trial itself%n",
          outcome.ran(), seconds, 1000 * seconds / outcome.ran(), 1000 * training / outcome.ran());
      assertThat(times).hasSize(outcome.planned());
    }
  }
}
