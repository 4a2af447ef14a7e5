package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** There is neither data nor the Spark master here, so nothing but the settings can be refused. */
class RefusedSettingsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snn         | snn.beta=0                        | snn.beta",
        "snn         | snn.alpha=[-1]                    | snn.alpha",
        "snn         | network.hidden=[0]                | network.hidden",
        "snn         | rule=bp                           | rule",
        "snn         | compute.kernels=fast              | compute.kernels",
        "snn         | training.epochs=0                 | training.epochs",
        "spiking-mlp | spiking-mlp.surrogate=triangle    | spiking-mlp.surrogate",
        "spiking-mlp | spiking-mlp.learning-rate=NaN     | spiking-mlp.learning-rate",
        "spiking-mlp | spiking-mlp.exact-every=-1        | spiking-mlp.exact-every",
        "spiking-mlp | spiking-mlp.bp-every=0            | spiking-mlp.bp-every",
        "spiking-mlp | network.hidden=[5, 0]             | network.hidden",
        "spiking-mlp | rule=symmetric-stdp               | rule",
        "spiking-mlp | compute.kernels=fast              | compute.kernels",
        "rbm         | rbm.beta=0                        | rbm.beta",
        "rbm         | rbm.sbp=off                       | write rule = plain",
        "rbm         | network.hidden=[]                 | network.hidden",
        "rbm         | rule=symmetric-stdp               | must be one of sbp, plain, weak-feedback, rescaled",
        "rbm         | compute.kernels=fast              | compute.kernels",
        "bp-ann      | bp-ann.learning-rate=NaN          | bp-ann.learning-rate",
        "bp-ann      | bp-ann.learning-rate=-1e-3        | bp-ann.learning-rate",
        "bp-ann      | compute.device=tpu                | compute.device",
        "bp-ann      | rule=sbp                          | rule",
        "bp-ann      | network.hidden=[0]                | network.hidden"
      })
  void badSettingEndsWithTwoAndItsKey(String model, String setting, String key) {
    List<String> words = new ArrayList<>(List.of("train", "--master", "no-such-master"));
    words.addAll(List.of("--data", folder.resolve("no-data").toString()));
    words.addAll(List.of("--output", folder.resolve("never").toString()));
    words.addAll(List.of("--set", "model=" + model, "--set", setting));

    CommandRun run = CommandRun.of(words.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(key).doesNotContain("\tat ");
    assertThat(folder.resolve("never")).doesNotExist();
  }
}
