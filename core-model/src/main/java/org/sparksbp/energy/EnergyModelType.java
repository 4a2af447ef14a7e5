package org.sparksbp.energy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparksbp.device.Device;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.SettingChange;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.pack.PackModel;
import org.sparksbp.pack.PackPlan;

/** The energy-based network, {@code model = rbm}; its keys are in the block {@code rbm}. */
public final class EnergyModelType implements DeviceModelType {

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
  public Learner createOnProcessor(Config configuration, NetworkShape shape) {
    return new EnergyLearner(
        EnergySettings.of(configuration), shape, KernelChoice.of(configuration));
  }

  /** {@inheritDoc} It computes all of them. */
  @Override
  public void checkForDevice(Config configuration) {
    check(configuration);
  }

  @Override
  public PackPlan plan(Config configuration, NetworkShape shape) {
    EnergySettings settings = EnergySettings.of(configuration);
    LayerSizes sizes = settings.layerSizes(shape);
    String key =
        String.join(
            " ",
            name(),
            Arrays.toString(sizes.toArray()),
            CheckedSettings.nameOf(settings.input()),
            Integer.toString(settings.freeSteps()),
            Integer.toString(settings.clampedSteps()),
            Integer.toString(settings.inferenceSteps()));
    return EnergyPack.plan(key, sizes);
  }

  @Override
  public PackModel pack(Device device, List<Config> members, NetworkShape shape) {
    return new EnergyPack(
        device, device.description(), members.stream().map(EnergySettings::of).toList(), shape);
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
