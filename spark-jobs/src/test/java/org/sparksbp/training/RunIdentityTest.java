package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class RunIdentityTest {

  @Test
  void anotherGpuIsAnotherRunAndBothAreNamed() {
    RunIdentity earlier = run("compute { device = gpu, device-name = NVIDIA A100 }");
    RunIdentity now = run("compute { device = gpu, device-name = NVIDIA H100 }");

    assertThat(now.hash()).isNotEqualTo(earlier.hash());
    assertThat(now.differences(earlier))
        .containsExactly("compute.device-name is \"NVIDIA A100\" there, \"NVIDIA H100\" here");
  }

  @Test
  void theProcessorInPlaceOfAGpuIsAnotherRun() {
    assertThat(
            run("compute.device = cpu")
                .differences(run("compute { device = gpu, device-name = NVIDIA A100 }")))
        .containsExactly(
            "compute.device is \"gpu\" there, \"cpu\" here",
            "compute.device-name is \"NVIDIA A100\" there, nothing here");
  }

  @Test
  void whichOfTheGpusComputesIsNoMatter() {
    assertThat(run("compute.device-address = \"1\"").hash())
        .isEqualTo(run("compute.device-address = \"0\"").hash());
  }

  private static RunIdentity run(String configuration) {
    return RunIdentity.of(ConfigFactory.parseString(configuration), "data", "1");
  }
}
