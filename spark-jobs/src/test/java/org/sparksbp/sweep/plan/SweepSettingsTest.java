package org.sparksbp.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.config.RunConfiguration;

class SweepSettingsTest {

  @Test
  void aNameThatIsNoneOfAFolderIsRefused() {
    assertThat(named("", "a.b_c-1").name()).isEqualTo("a.b_c-1");
    assertThat(named("x".repeat(200), "other").name()).hasSize(200);
    assertThatThrownBy(() -> named("", "two words"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("Cannot call the sweep 'two words' after its configuration file");
    assertThatThrownBy(() -> named("x".repeat(201), "other"))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("sweep.name")
        .hasMessageContaining("200 at most");
  }

  @Test
  void aRangeHasFiniteBoundsAndAFiniteLength() {
    for (String range : new String[] {"from = 0.1, to = 1e400", "from = -1e308, to = 1e308"}) {
      RunConfiguration.Builder builder =
          RunConfiguration.builder().set("sweep.space.snn.beta={" + range + "}");
      assertThatThrownBy(() -> SweepSettings.of(builder.build().config(), "x"))
          .as(range)
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("Invalid sweep.space.snn.beta: from must not be above to");
    }
  }

  private static SweepSettings named(String written, String file) {
    RunConfiguration.Builder builder =
        RunConfiguration.builder()
            .set("sweep.space.snn.beta=[0.1]")
            .set("sweep.name=\"" + written + "\"");
    return SweepSettings.of(builder.build().config(), file);
  }
}
