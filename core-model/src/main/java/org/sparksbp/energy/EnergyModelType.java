package org.sparksbp.energy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.Optional;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.SettingChange;

/** The energy-based network, {@code model = rbm}; its keys are in the block {@code rbm}. */
public final class EnergyModelType implements ModelType {

  private static final String FORMER_SWITCH = "rbm.sbp";

  @Override
  public String name() {
    return "rbm";
  }

  @Override
  public void check(Config configuration) {
    EnergySettings.of(configuration);
    KernelChoice.check(configuration);
  }

  @Override
  public Optional<SettingChange> changeToSeeSteps(Config configuration) {
    return EnergySettings.of(configuration).input().changeToSeeSteps("rbm.input");
  }

  @Override
  public Learner create(Config configuration, NetworkShape shape) {
    return new EnergyLearner(
        EnergySettings.of(configuration), shape, KernelChoice.of(configuration));
  }

  /**
   * {@inheritDoc} Before the rule chose the energy, {@code rbm.sbp} did, and {@code rbm.feedback}
   * counted wherever it was not 1.
   */
  @Override
  public Config upgraded(Config saved) {
    if (!saved.hasPath(FORMER_SWITCH)) {
      return saved;
    }
    EnergyRule plain =
        saved.getDouble("rbm.feedback") == 1 ? EnergyRule.PLAIN : EnergyRule.WEAK_FEEDBACK;
    EnergyRule rule = saved.getBoolean(FORMER_SWITCH) ? EnergyRule.SBP : plain;
    return saved
        .withValue("rule", ConfigValueFactory.fromAnyRef(CheckedSettings.nameOf(rule)))
        .withoutPath(FORMER_SWITCH);
  }
}
