package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --gpus} sets of Spark's settings. */
class GpuRequestTest {

  private static final String EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String TASK = "spark.task.resource.gpu.amount";
  private static final String DISCOVERY = "spark.executor.resource.gpu.discoveryScript";

  @Test
  void aStandaloneClusterIsAskedForExecutorsWithSoManyAndATaskForEach() {
    assertThat(asked("spark://host:7077", Map.of()))
        .isEqualTo(Map.of("spark.master", "spark://host:7077", EXECUTOR, "2", TASK, "1"));
  }

  @Test
  void kubernetesIsToldTheVendorAndWhereAnImageHasTheScript() {
    assertThat(asked("k8s://https://host:6443", Map.of()))
        .containsEntry(EXECUTOR, "2")
        .containsEntry("spark.executor.resource.gpu.vendor", "nvidia.com")
        .containsEntry(DISCOVERY, "/opt/spark-sbp/deploy/gpu/discover.sh");
  }

  @Test
  void yarnIsSentTheScriptBesideOtherFiles() {
    assertThat(asked("yarn", Map.of("spark.yarn.dist.files", "hdfs:///other")))
        .containsEntry(EXECUTOR, "2")
        .containsEntry(DISCOVERY, "./discover.sh")
        .containsEntry("spark.yarn.dist.files", "hdfs:///other,/home/sbp/deploy/gpu/discover.sh");
    assertThat(Files.isExecutable(Path.of("../deploy/gpu/discover.sh"))).isTrue();
  }

  /** Where Spark assigns no resources. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "local[4]", "local[*]"})
  void localModeIsAskedForCardsOfThisMachine(String master) {
    assertThat(asked(master, Map.of()))
        .isEqualTo(Map.of("spark.master", master, "spark.sbp.gpus", "2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://host:7077", "yarn", "k8s://https://host:6443"})
  void whatTheUserHasSetStays(String master) {
    Map<String, String> own =
        Map.of(
            EXECUTOR,
            "4",
            TASK,
            "0.25",
            DISCOVERY,
            "/opt/own.sh",
            "spark.executor.resource.gpu.vendor",
            "amd.com");

    assertThat(asked(master, own))
        .containsAllEntriesOf(own)
        .doesNotContainKey("spark.yarn.dist.files");
  }

  @Test
  void noNumberOfCardsIsABadCommandLine() {
    CommandRun run = CommandRun.of("evaluate", "--model", "m", "--data", "d", "--gpus", "none");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--gpus");
  }

  private static Map<String, String> asked(String master, Map<String, String> own) {
    SparkConf spark = new SparkConf(false).setMaster(master);
    own.forEach(spark::set);
    GpuRequest.apply(spark, 2, Optional.of("/home/sbp"));
    Map<String, String> all = new TreeMap<>();
    for (scala.Tuple2<String, String> setting : spark.getAll()) {
      all.put(setting._1(), setting._2());
    }
    return all;
  }
}
