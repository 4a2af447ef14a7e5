package org.sparksbp.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.training.TrainingFixture;

/** GPUs of clusters whose workers only claim to have some. */
class GpuAssignmentTest {

  private static final Config ON_GPUS = ConfigFactory.parseString("compute.device = gpu");

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void everyTaskOfAClusterHasAGpuOfItsOwn() throws IOException {
    try (JavaSparkContext cluster =
        ClusterStart.start(settings(GpuReport.localCluster(folder, "1")), notice -> {})) {
      cluster.setLogLevel("OFF");
      assertThat(GpuReport.atOnce(cluster, 2)).isEqualTo(Map.of("0:0", 1, "0:1", 1));
      assertThat(GpuReport.mostOnOne(cluster, 20)).as("tasks that had one GPU at a time").isOne();

      assertThat(LiveExecutors.slots(cluster.sc())).as("of four cores").isEqualTo(Map.of("0", 2));
      assertThat(LiveExecutors.allSlots(cluster.sc())).isEqualTo(2);
      assertThat(WorkerCount.of(cluster, ON_GPUS)).isEqualTo(2);
      assertThat(LiveExecutors.tooFewSlots(cluster.sc(), 3, 2))
          .isEqualTo(
              "3 workers cannot run at once on 2 slots, as each takes 1.0 GPUs"
                  + " (spark.task.resource.gpu.amount)");
      assertThatThrownBy(() -> GpuReport.atOnce(cluster, 3))
          .as("more workers than GPUs at once, on cores enough")
          .hasMessageContaining("barrier");
    }
  }

  @Test
  @Timeout(120)
  void tasksShareAGpuWhereTheyAreAssignedHalfOfOne() throws IOException {
    try (JavaSparkContext cluster =
        ClusterStart.start(settings(GpuReport.localCluster(folder, "0.5")), notice -> {})) {
      cluster.setLogLevel("OFF");
      assertThat(GpuReport.atOnce(cluster, 4)).isEqualTo(Map.of("0:0", 2, "0:1", 2));
      assertThat(GpuReport.mostOnOne(cluster, 20))
          .as("tasks that had one GPU at a time")
          .isEqualTo(2);
      assertThat(LiveExecutors.slots(cluster.sc())).isEqualTo(Map.of("0", 4));
      assertThat(WorkerCount.of(cluster, ON_GPUS)).as("one worker a GPU").isEqualTo(2);
    }
  }

  /** Two executors beside each other, of a worker that has discovered two GPUs. */
  @Test
  @Timeout(120)
  void aStandaloneWorkerGivesEachExecutorGpusOfItsOwn() throws Exception {
    try (LoopbackCluster standalone =
        new LoopbackCluster(
            folder,
            4,
            "-Dspark.worker.resource.gpu.amount=2",
            "-Dspark.worker.resource.gpu.discoveryScript="
                + GpuReport.claiming(folder, "0", "1"))) {
      SparkConf spark =
          TrainingFixture.localClusterConf()
              .setMaster(standalone.master())
              .set("spark.cores.max", "4")
              .set("spark.executor.cores", "2")
              .set(GpuAmounts.EXECUTOR_AMOUNT, "1")
              .set(GpuAmounts.TASK_AMOUNT, "1");
      try (JavaSparkContext cluster = ClusterStart.start(settings(spark), notice -> {})) {
        cluster.setLogLevel("OFF");
        Map<String, Integer> held = GpuReport.atOnce(cluster, 2);
        assertThat(held).as("one of each of two executors").hasSize(2);
        assertThat(held.keySet()).extracting(place -> place.split(":")[0]).containsOnly("0", "1");
        assertThat(held.keySet()).extracting(place -> place.split(":")[1]).containsOnly("0", "1");
        assertThat(WorkerCount.of(cluster, ON_GPUS)).isEqualTo(2);
      }
    }
  }

  @Test
  void localModeLendsTheMachinesGpusEvenly() {
    SparkConf four = TrainingFixture.sparkConf("local[4]").set(GpuAmounts.LOCAL_AMOUNT, "2");
    try (JavaSparkContext spark = TrainingFixture.context(four)) {
      assertThat(AssignedGpu.address()).as("on the driver").isEmpty();
      assertThat(GpuReport.atOnce(spark, 2)).isEqualTo(Map.of("driver:0", 1, "driver:1", 1));
      assertThat(GpuReport.atOnce(spark, 4)).isEqualTo(Map.of("driver:0", 2, "driver:1", 2));
      assertThat(WorkerCount.of(spark, ON_GPUS)).isEqualTo(2);
    }
    TrainingFixture.inSpark(
        "local[2]",
        spark -> {
          assertThat(WorkerCount.of(spark, ON_GPUS)).as("without --gpus, the first").isOne();
          assertThat(WorkerCount.of(spark, ConfigFactory.empty())).isEqualTo(2);
          return null;
        });
  }

  private static SparkConf settings(SparkConf spark) {
    return spark
        .set("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
        .set("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "1");
  }
}
