package org.sparksbp.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {

  @Test
  void autoTakesTheVectorKernelsWhereTheModuleIs() {
    assertThat(KernelChoice.named("auto", true).name()).isEqualTo("vector");
    assertThat(KernelChoice.named("auto", false).name()).isEqualTo("plain");
  }

  @Test
  void plainIsTakenWhenForced() {
    assertThat(KernelChoice.named("plain", true).name()).isEqualTo("plain");
  }

  @Test
  void forcingVectorWithoutTheModuleNamesTheFlag() {
    assertThatThrownBy(() -> KernelChoice.named("vector", false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--add-modules=jdk.incubator.vector");
  }

  @Test
  void unknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> KernelChoice.named("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid compute.kernels: fast, must be one of auto, plain, vector");
  }

  @Test
  void runIsDecidedOnceByNameSoThatNoOtherProcessChoosesDifferently() {
    assertThat(decided("auto", true)).isEqualTo("vector");
    assertThat(decided("auto", false)).isEqualTo("plain");
    assertThat(decided("plain", true)).isEqualTo("plain");
    assertThat(decided("vector", false)).isEqualTo("vector");
    assertThat(KernelChoice.decided(ConfigFactory.empty())).isEqualTo(ConfigFactory.empty());
    assertThatThrownBy(() -> decided("fast", true))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("compute.kernels");
  }

  @Test
  void modelTrainedOnVectorsIsUsedWithoutThem() {
    assertThat(decidedForInference("vector", false)).isEqualTo("plain");
    assertThat(decidedForInference("vector", true)).isEqualTo("vector");
    assertThat(decidedForInference("plain", true)).isEqualTo("plain");
  }

  private static String decided(String asked, boolean vectorAvailable) {
    return KernelChoice.decided(kernels(asked), vectorAvailable).getString("compute.kernels");
  }

  private static String decidedForInference(String asked, boolean vectorAvailable) {
    return KernelChoice.decidedForInference(kernels(asked), vectorAvailable)
        .getString("compute.kernels");
  }

  private static Config kernels(String name) {
    return ConfigFactory.parseString("compute.kernels = " + name);
  }

  /** A process of its own, because this one has the module. */
  @Test
  void processWithoutTheModuleRunsOnPlainKernels() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PrintChoice.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output.lines()).contains("chosen: plain");
  }

  /** Started by the test. */
  static final class PrintChoice {
    private PrintChoice() {}

    public static void main(String[] arguments) {
      System.out.println("chosen: " + KernelChoice.named("auto").name());
    }
  }
}
