package org.sparksbp.spikingmlp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What drives the first layer. */
enum InputCoding {
  /** The sample's own spike train; a train of one step is repeated in every step. */
  SPIKES,
  /** Spikes drawn in each step with the train's rates as probabilities. */
  BERNOULLI;

  String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<InputCoding> named(String name) {
    return Arrays.stream(values()).filter(coding -> coding.configName().equals(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(InputCoding::configName).toList();
  }
}
