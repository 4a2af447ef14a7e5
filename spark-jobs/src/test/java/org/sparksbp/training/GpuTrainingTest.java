package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparksbp.training.TrainingFixture.configuration;
import static org.sparksbp.training.TrainingFixture.context;
import static org.sparksbp.training.TrainingFixture.files;
import static org.sparksbp.training.TrainingFixture.inSpark;
import static org.sparksbp.training.TrainingFixture.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.cluster.GpuAmounts;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.worker.LearnerSource;

/**
 * Runs that are assigned a device, which any that OpenCL names stands for; skipped without one. The
 * learner is of the processor: here it is told where it should compute.
 */
class GpuTrainingTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static DeviceDescription device;

  @TempDir Path folder;

  @BeforeAll
  static void anyDevice() {
    System.setProperty(Devices.TYPES, "all");
    try {
      device = Devices.describe("");
    } catch (NoDeviceException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @AfterAll
  static void onlyCards() {
    System.clearProperty(Devices.TYPES);
  }

  @Test
  void theDeviceIsInTheRunsRecordAndNoOtherGoesOnWithIt() throws IOException {
    Path output = folder.resolve("run");
    Config auto = onDevice("auto");
    try (JavaSparkContext spark =
        context(TrainingFixture.sparkConf("local[2]").set(GpuAmounts.LOCAL_AMOUNT, "1"))) {
      train(spark, output, auto);
    }

    JsonNode run = JSON.readTree(Files.readString(output.resolve("run.json")));
    assertThat(run.at("/device/name").asText()).isEqualTo(device.name());
    assertThat(run.at("/device/memoryBytes").asLong()).isEqualTo(device.memoryBytes());
    assertThat(run.at("/configuration/compute.device").asText()).contains("gpu");
    assertThat(run.at("/configuration/compute.device-name").asText()).contains(device.name());
    assertThat(run.at("/configuration/training.workers").asInt()).as("one a device").isOne();

    inSpark(
        "local[2]",
        spark -> {
          TrainingJob withoutDevice = TrainingFixture.job(spark, output, auto);
          assertThatThrownBy(() -> withoutDevice.run(StartMode.RESUME))
              .isInstanceOf(RunConflictException.class)
              .hasMessageContaining("compute.device is \"gpu\" there, \"cpu\" here")
              .hasMessageContaining(
                  "compute.device-name is \"" + device.name() + "\" there, nothing here");
          return null;
        });
  }

  @Test
  void aTaskWhoseDeviceIsNotTheRunsRefusesToGoOn() {
    Config other =
        ConfigFactory.parseString("compute.device-name = \"another card\"")
            .withFallback(onDevice("gpu"));
    inSpark(
        "local[1]",
        spark -> {
          LearnerSource learners = LearnerSource.of(other, TrainingFixture.SHAPE);
          assertThatThrownBy(
                  () ->
                      spark
                          .parallelize(List.of(1), 1)
                          .map(task -> learners.with(learner -> 1))
                          .collect())
              .hasStackTraceContaining(
                  "Cannot go on: this run computes on another card, executor driver has "
                      + device.name());
          return null;
        });
  }

  /** Two executors of two cores and one device each, and four workers. */
  @Test
  @Tag("slow")
  @Timeout(180)
  void moreWorkersThanDevicesTakeTurnsToTheSameBits() throws IOException {
    Path script = folder.resolve("claims.sh");
    Files.writeString(script, "#!/bin/sh\necho '{\"name\":\"gpu\",\"addresses\":[\"0\"]}'\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    SparkConf cluster =
        TrainingFixture.localClusterConf()
            .setMaster("local-cluster[2,2,512]")
            .set("spark.worker.resource.gpu.amount", "1")
            .set("spark.worker.resource.gpu.discoveryScript", script.toString())
            .set(GpuAmounts.EXECUTOR_AMOUNT, "1")
            .set(GpuAmounts.TASK_AMOUNT, "1")
            .set("spark.executor.extraJavaOptions", "-D" + Devices.TYPES + "=all");
    Config four = ConfigFactory.parseString("training.workers = 4");
    try (JavaSparkContext spark = context(cluster)) {
      train(spark, folder.resolve("devices"), four.withFallback(onDevice("gpu")));
      train(spark, folder.resolve("one-each"), onDevice("gpu"));
    }
    inSpark(
        "local[4]",
        spark -> train(spark, folder.resolve("cores"), four.withFallback(onDevice("cpu"))));

    assertThat(files(folder.resolve("devices/model")).get("weights-0.npy"))
        .isEqualTo(files(folder.resolve("cores/model")).get("weights-0.npy"));
    JsonNode run = JSON.readTree(Files.readString(folder.resolve("one-each/run.json")));
    assertThat(run.at("/configuration/training.workers").asInt()).isEqualTo(2);
    assertThat(run.at("/device/name").asText()).isEqualTo(device.name());
  }

  private static Config onDevice(String choice) {
    return ConfigFactory.parseString("compute.device = " + choice)
        .withFallback(
            configuration("model = " + SoftmaxOnCardModelType.NAME, "training.workers = 0"));
  }
}
