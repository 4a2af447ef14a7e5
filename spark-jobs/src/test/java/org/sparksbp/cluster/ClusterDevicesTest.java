package org.sparksbp.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.training.SoftmaxOnCardModelType;
import org.sparksbp.training.TrainingFixture;

class ClusterDevicesTest {

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark = TrainingFixture.context(TrainingFixture.sparkConf("local[1]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void withoutAssignedGpusAutoIsTheProcessor() {
    assertThat(decided("auto", SoftmaxOnCardModelType.NAME).getString("compute.device"))
        .isEqualTo("cpu");
    assertThat(decided("cpu", SoftmaxOnCardModelType.NAME).hasPath(ClusterDevices.NAME)).isFalse();
  }

  @Test
  void withGpusAutoIsTheProcessorForWhatIsNotComputedOnThem() {
    spark.sc().conf().set(GpuAmounts.LOCAL_AMOUNT, "1");
    try {
      assertThat(decided("auto", "softmax").getString("compute.device")).isEqualTo("cpu");
      assertThat(
              decided("auto", SoftmaxOnCardModelType.NAME, "softmax.memory = true")
                  .getString("compute.device"))
          .isEqualTo("cpu");
    } finally {
      spark.sc().conf().remove(GpuAmounts.LOCAL_AMOUNT);
    }
  }

  @Test
  void aGpuForAModelThatHasNoCodeForItIsRefused() {
    assertThatThrownBy(() -> decided("gpu", "softmax"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Invalid compute.device: gpu, but the model softmax is computed on processors only;"
                + " set compute.device = cpu, or auto");
    assertThatThrownBy(() -> decided("tpu", "softmax"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be one of auto, cpu, gpu");
  }

  @Test
  void aGpuOnAClusterThatAssignsNoneIsRefusedWithTheWayOut() {
    String master = spark.sc().conf().get("spark.master");
    spark.sc().conf().setMaster("yarn");
    try {
      assertThatThrownBy(() -> decided("gpu", SoftmaxOnCardModelType.NAME))
          .isInstanceOf(NoDeviceException.class)
          .hasMessageContaining("spark.executor.resource.gpu.amount is not set")
          .hasMessageContaining("--gpus N");
    } finally {
      spark.sc().conf().setMaster(master);
    }
  }

  @Test
  void gpusOfOneRunMustBeAlike() {
    assertThat(ClusterDevices.onlyKind(List.of(gpu("0", "H100"), gpu("1", "H100"))).name())
        .isEqualTo("H100");
    assertThatThrownBy(
            () ->
                ClusterDevices.onlyKind(
                    List.of(gpu("0", "H100"), gpu("1", "A100"), gpu("2", "H100"))))
        .isInstanceOf(NoDeviceException.class)
        .hasMessageContaining("A100 (executor 1 on node1), H100 (executor 0 on node0, executor 2")
        .hasMessageContaining("nodes of one kind");
  }

  @Test
  void aGpuThatIsNotUsableIsToldWithItsPlace() {
    SurveyedGpu missing = new SurveyedGpu("3", "node3", "0", null, "Cannot compute: no driver");

    assertThatThrownBy(() -> ClusterDevices.onlyKind(List.of(gpu("0", "H100"), missing)))
        .isInstanceOf(NoDeviceException.class)
        .hasMessage("Cannot compute: no driver (executor 3 on node3)");
  }

  private static SurveyedGpu gpu(String executor, String name) {
    return new SurveyedGpu(
        executor, "node" + executor, "0", new DeviceDescription(name, "1", 8, 8, 8, 8, 8), "");
  }

  private static Config decided(String device, String model, String... settings) {
    Config all =
        ConfigFactory.parseString("compute.device = " + device + "\nmodel = " + model)
            .withFallback(TrainingFixture.configuration(settings));
    return new ClusterDevices(spark).decided(all);
  }
}
