package org.sparksbp.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparksbp.training.TrainingFixture;

@Tag("slow")
class ClusterStartTest {

  private final List<String> notices = new CopyOnWriteArrayList<>();

  @Test
  @Timeout(120)
  void aMasterThatDoesNotAnswerIsToldAndGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String master = "spark://127.0.0.1:" + silent.getLocalPort();

      String said =
          saidByAProcessThatCannotStart(
              master,
              "-D" + ClusterStart.TIMEOUT + "=5s",
              "-Dspark.cores.max=4",
              "-Dspark.executor.cores=1");

      assertThat(said)
          .contains("waiting for executors: 0 of 4, master " + master)
          .contains("Cannot run on " + master + ": it has granted no executor in 5 s")
          .contains(ClusterStart.TIMEOUT);
    }
  }

  @Test
  @Timeout(120)
  void executorsThatEndAsTheyStartAreNoMasterThatGrantsNone() throws Exception {
    String said =
        saidByAProcessThatCannotStart(
            "local-cluster[1,1,512]",
            "-Dspark.executor.memory=512m",
            "-Dspark.executor.extraJavaOptions=-agentlib:there-is-none",
            "-Dspark.deploy.maxExecutorRetries=0");

    assertThat(said).contains("every executor ended as it started").contains("stderr");
  }

  /** In a process of its own: Spark goes on trying for a minute after it was given up. */
  private static String saidByAProcessThatCannotStart(String master, String... options)
      throws Exception {
    String command = "prepare nettalk --input none --output shards --master " + master;
    Process process =
        TrainingFixture.java(List.of(options), ("org.sparksbp.cli.Sbp " + command).split(" "))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(1);
    assertThat(said).doesNotContain("\tat ");
    return said;
  }

  @Test
  void allPromisedExecutorsAreThereWhenSparkHasStarted() throws IOException {
    try (JavaSparkContext cluster =
        ClusterStart.start(
            TrainingFixture.localClusterConf().setMaster("local-cluster[3,1,512]"), notices::add)) {
      assertThat(LiveExecutors.slots(cluster.sc())).containsOnlyKeys("0", "1", "2");
      assertThat(LiveExecutors.allSlots(cluster.sc())).isEqualTo(3);
    }
  }

  @Test
  void fewerThanPromisedAreGoneOnWithWhenTheTimeIsOver() throws IOException {
    SparkConf configuration =
        TrainingFixture.localClusterConf()
            .setMaster("local-cluster[2,1,512]")
            .set("spark.cores.max", "1")
            .set(ClusterStart.TIMEOUT, "20s");
    try (JavaSparkContext cluster = ClusterStart.start(configuration, notices::add)) {
      assertThat(LiveExecutors.allSlots(cluster.sc())).isEqualTo(1);
      assertThat(notices).last().asString().contains("fewer executors than promised: 1 of 2");
    }
  }
}
