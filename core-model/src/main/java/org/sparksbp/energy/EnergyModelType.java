package org.sparksbp.energy;

import com.typesafe.config.Config;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

/** The energy-based network, {@code model = rbm}; its keys are in the block {@code rbm}. */
public final class EnergyModelType implements ModelType {

  @Override
  public String name() {
    return "rbm";
  }

  @Override
  public void check(Config configuration) {
    EnergySettings.of(configuration);
  }

  @Override
  public Learner create(Config configuration, NetworkShape shape) {
    return new EnergyLearner(
        EnergySettings.of(configuration), shape, KernelChoice.of(configuration));
  }
}
