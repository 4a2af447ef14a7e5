package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparksbp.training.TrainingFixture.context;
import static org.sparksbp.training.TrainingFixture.localClusterConf;
import static org.sparksbp.training.TrainingFixture.train;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.kernel.KernelChoice;

/**
 * Executors that were started without the module of the vector kernels, by a driver that has it.
 */
@Tag("slow")
class ExecutorKernelsTest {

  @TempDir Path folder;

  @Test
  void executorsWithoutTheDriversKernelsFailWithTheFlagInsteadOfRoundingDifferently()
      throws IOException {
    assertThat(KernelChoice.vectorAvailable()).as("tests run with the module").isTrue();
    try (JavaSparkContext cluster = context(localClusterConf())) {
      Path output = folder.resolve("auto");
      assertThatThrownBy(() -> train(cluster, output, configuration("auto")))
          .hasStackTraceContaining("Cannot use compute.kernels = vector")
          .hasStackTraceContaining("spark.executor.extraJavaOptions");
      assertThat(output.resolve("model")).doesNotExist();

      train(cluster, folder.resolve("plain"), configuration("plain"));
      assertThat(folder.resolve("plain/model")).exists();
    }
  }

  private static Config configuration(String kernels) {
    return TrainingFixture.configuration(
            "model = snn", "network.hidden = [8]", "training.epochs = 1")
        .withFallback(ConfigFactory.parseString("compute.kernels = " + kernels))
        .withFallback(ConfigFactory.parseResources("reference.conf"))
        .resolve();
  }
}
