package org.sparksbp.spikingmlp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a hidden layer comes by its gradient; the output matrix always has its own by the loss. */
enum LearningRule {
  /** Backpropagation through time. */
  BP,
  /** Self-backpropagated local terms, with backpropagation in one update of {@code bp-every}. */
  SBP,
  /** Ablation of {@link #SBP}: no gradient where SBP would use its local terms. */
  BP_SKIPPED,
  /** Reward propagation: the target through a fixed random matrix. */
  BRP,
  /** Eligibility propagation: the output's error through a fixed random matrix. */
  E_PROP;

  String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<LearningRule> named(String name) {
    return Arrays.stream(values()).filter(rule -> rule.configName().equals(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(LearningRule::configName).toList();
  }
}
