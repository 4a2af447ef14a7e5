package org.sparksbp.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CheckedSettingsTest {

  private static final Config CONFIGURATION =
      ConfigFactory.parseString("order = by-column, block { order = sideways, size = 2 }");

  private final CheckedSettings all = CheckedSettings.of(CONFIGURATION);
  private final CheckedSettings block = new CheckedSettings(CONFIGURATION, "block");

  private enum Order {
    BY_ROW,
    BY_COLUMN
  }

  @Test
  void aChoiceIsReadByItsNameWithHyphens() {
    assertThat(all.choice("order", Order.class)).isEqualTo(Order.BY_COLUMN);
    assertThat(all.choice("block.size", Map.of("1", 'a', "2", 'b'))).isEqualTo('b');
    assertThat(block.choice("order", List.of("sideways"), Function.identity()))
        .isEqualTo("sideways");
  }

  @Test
  void anUnknownChoiceIsRefusedWithItsKeyItsPlaceAndTheKnownOnes() {
    assertThatThrownBy(() -> block.choice("order", Order.class))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessage(
            "String: 1: Invalid value at 'block.order': sideways, must be one of by-row,"
                + " by-column");
    assertThatThrownBy(() -> block.choice("order", Map.of("b", 1, "a", 2)))
        .hasMessageEndingWith("sideways, must be one of a, b");
  }

  @Test
  void aNumberThatIsInfiniteInSinglePrecisionIsRefused() {
    CheckedSettings far =
        CheckedSettings.of(ConfigFactory.parseString("rate = 1e39, rates = [0.1, 1e308]"));
    assertThatThrownBy(() -> far.positive("rate"))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageEndingWith("1.0E39, must be a finite number of single precision");
    assertThatThrownBy(() -> far.stepSizes("rates")).hasMessageContaining("1.0E308");
  }
}
