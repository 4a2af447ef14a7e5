package org.sparksbp.plasticity;

import java.util.List;

/** The learning rules of the plasticity-trained spiking network. */
public final class PlasticityRules {

  private PlasticityRules() {}

  /**
   * All rules, the self-backpropagating one with these constants. A new rule is added here and
   * nowhere else.
   */
  public static List<PlasticityRule> all(PropagationConstants propagation) {
    return List.of(
        new SelfBackpropagation(propagation),
        new PostsynapticStdp(),
        new SymmetricStdp(),
        new DifferentialStdp(),
        new FrozenHidden());
  }
}
