package org.sparksbp.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        .hasMessage("Invalid compute.kernels: fast, must be one of [auto, plain, vector]");
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
