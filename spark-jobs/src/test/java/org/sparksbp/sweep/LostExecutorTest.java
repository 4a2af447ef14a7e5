package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.training.StartMode;
import org.sparksbp.training.TrainingFixture;

/** A sweep that loses an executor's process. */
@Tag("slow")
class LostExecutorTest {

  private static final String[] SETTINGS = {
    "sweep.space.snn.beta { from = 0.3, to = 0.8, steps = 6 }",
    "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
    "sweep.seeds = [1, 2]",
    "sweep.compact-every = 10"
  };

  @TempDir Path folder;

  @Test
  void executorsWithoutTheDriversKernelsEndTheSweepAndSpoilNoTrial() throws IOException {
    SweepData data = SweepFixture.data(folder.resolve("shards"), 30, 12);
    try (JavaSparkContext cluster =
        TrainingFixture.context(
            TrainingFixture.localClusterConf().setMaster("local-cluster[1,1,512]"))) {
      assertThatThrownBy(() -> SweepFixture.run(cluster, data, folder.resolve("results"), SETTINGS))
          .hasStackTraceContaining("Cannot use compute.kernels = vector");
    }
    assertThat(SweepFixture.records(folder.resolve("results"))).isZero();
  }

  @Test
  void itsTrialsAreTrainedElsewhereToTheTablesOfAnUndisturbedSweep() throws IOException {
    SweepData data = SweepFixture.data(folder.resolve("shards"), 120, 40);
    try (JavaSparkContext spark = SweepFixture.spark()) {
      SweepFixture.run(spark, data, folder.resolve("calm"), SETTINGS);
    }

    KillingListener listener = new KillingListener();
    SweepOutcome outcome;
    try (JavaSparkContext cluster = TrainingFixture.context(clusterWithKernels())) {
      outcome =
          SweepFixture.job(cluster, data, folder.resolve("killed"), listener, SETTINGS)
              .run(StartMode.NEW, 0);
    }

    assertThat(listener.killed).isEqualTo(1);
    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.done()).isEqualTo(24);
    assertThat(outcome.failed()).isZero();
    assertThat(listener.counts).as("trials done, as shown").isSorted().endsWith(24);
    assertThat(SweepFixture.tables(folder.resolve("killed/test")))
        .isEqualTo(SweepFixture.tables(folder.resolve("calm/test")));
  }

  private static SparkConf clusterWithKernels() throws IOException {
    SparkConf cluster = TrainingFixture.localClusterConf();
    String options = cluster.get("spark.executor.extraJavaOptions");
    return cluster.set(
        "spark.executor.extraJavaOptions", options + " --add-modules=jdk.incubator.vector");
  }

  /** Kills an executor when some trials have ended and others run. */
  private static final class KillingListener implements SweepListener {
    private final List<Integer> counts = new ArrayList<>();
    private int killed;

    @Override
    public void trialEnded(SweepProgress progress) {
      counts.add(progress.done());
      if (progress.done() == 5) {
        killed += TrainingFixture.killAnExecutor();
      }
    }
  }
}
