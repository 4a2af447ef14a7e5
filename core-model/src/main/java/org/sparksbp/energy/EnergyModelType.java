package org.sparksbp.energy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Optional;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.InputVector;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.SettingChange;

/** The energy-based network, {@code model = rbm}; its keys are in the block {@code rbm}. */
public final class EnergyModelType implements ModelType {

  private static final String ONLY_RULE = "sbp";

  @Override
  public String name() {
    return "rbm";
  }

  @Override
  public void check(Config configuration) {
    EnergySettings.of(configuration);
    KernelChoice.check(configuration);
    checkRule(configuration);
  }

  /** A rule of another model would be ignored in silence. */
  private static void checkRule(Config configuration) {
    String rule = configuration.getString("rule");
    if (!rule.equals(ONLY_RULE)) {
      throw new ConfigException.BadValue(
          configuration.getValue("rule").origin(),
          "rule",
          rule
              + ": an energy-based network is switched by rbm.sbp and rbm.feedback; leave rule at "
              + ONLY_RULE);
    }
  }

  @Override
  public Optional<SettingChange> changeToSeeSteps(Config configuration) {
    return EnergySettings.of(configuration).input() == InputVector.RATE
        ? Optional.of(new SettingChange("rbm.input", "rate", "flattened"))
        : Optional.empty();
  }

  @Override
  public Learner create(Config configuration, NetworkShape shape) {
    return new EnergyLearner(
        EnergySettings.of(configuration), shape, KernelChoice.of(configuration));
  }
}
