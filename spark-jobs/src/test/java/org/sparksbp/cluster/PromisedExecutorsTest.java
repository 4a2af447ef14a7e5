package org.sparksbp.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.training.TrainingFixture;

class PromisedExecutorsTest {

  private static final Config ON_PROCESSORS = ConfigFactory.parseString("compute.device = cpu");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          local-cluster[3,2,1024] |                                                     | 3 | 6
          spark://host:7077       |                                                     | 0 | 0
          spark://host:7077       | spark.cores.max=8                                   | 0 | 8
          spark://host:7077       | spark.cores.max=8 spark.executor.cores=2            | 4 | 8
          yarn                    |                                                     | 2 | 2
          yarn                    | spark.executor.instances=5 spark.executor.cores=4   | 5 | 20
          k8s://https://host:6443 | spark.executor.instances=3                          | 3 | 3
          yarn                    | spark.dynamicAllocation.enabled=true                | 0 | 0
          """)
  void areThoseOfSparksOwnSettings(String master, String settings, int executors, int cores) {
    SparkConf spark = new SparkConf(false).setMaster(master);
    for (String setting : settings == null ? new String[0] : settings.split(" ")) {
      spark.set(setting.substring(0, setting.indexOf('=')), setting.split("=")[1]);
    }
    assertThat(PromisedExecutors.of(spark)).isEqualTo(new PromisedExecutors(executors, cores));
  }

  @Test
  void areMetByAShareOfThemWhereSparkIsToldSo() {
    PromisedExecutors four = new PromisedExecutors(4, 8);
    assertThat(four.areMetBy(3, 6, 1)).isFalse();
    assertThat(four.areMetBy(4, 8, 1)).isTrue();
    assertThat(four.areMetBy(3, 6, 0.75)).isTrue();
    assertThat(new PromisedExecutors(0, 0).areMetBy(0, 0, 1)).as("without any").isFalse();
    assertThat(new PromisedExecutors(0, 0).areMetBy(1, 1, 1)).isTrue();
  }

  @Test
  @Tag("slow")
  void oneWorkerACoreDoesNotDependOnWhoIsThereFirst() throws Exception {
    try (JavaSparkContext cluster =
        TrainingFixture.context(
            TrainingFixture.localClusterConf().setMaster("local-cluster[3,1,512]"))) {
      assertThat(WorkerCount.of(cluster, ON_PROCESSORS)).isEqualTo(3);
      cluster.sc().conf().set("spark.dynamicAllocation.enabled", "true").setMaster("yarn");
      assertThatThrownBy(() -> WorkerCount.of(cluster, ON_PROCESSORS))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("training.workers")
          .hasMessageContaining("spark.executor.instances");
    }
  }
}
