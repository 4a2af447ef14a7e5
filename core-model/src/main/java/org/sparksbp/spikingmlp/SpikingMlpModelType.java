package org.sparksbp.spikingmlp;

import com.typesafe.config.Config;
import java.util.List;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.pack.PackModel;
import org.sparksbp.pack.PackPlan;
import org.sparksbp.spikingmlp.SpikingMlpSettings.Recurrence;

/** The model {@code spiking-mlp}: a spiking multilayer perceptron trained by gradients. */
public final class SpikingMlpModelType implements DeviceModelType {

  /** Steps that are a pattern of bits. */
  private static final int MOST_STEPS = Long.SIZE;

  /** Samples that are inferred at a time; their patterns stay on the device. */
  private static final int INFERRED = 1024;

  @Override
  public String name() {
    return "spiking-mlp";
  }

  @Override
  public void check(Config configuration) {
    SpikingMlpSettings.of(configuration);
    KernelChoice.check(configuration);
  }

  @Override
  public void check(Config configuration, NetworkShape shape) {
    check(configuration);
    SpikingMlpSettings.of(configuration).checkShape(configuration, shape);
  }

  @Override
  public void checkForDevice(Config configuration) {
    SpikingMlpSettings settings = SpikingMlpSettings.of(configuration);
    if (settings.rule() == LearningRule.NRR) {
      throw DeviceChoice.onlyOnProcessor(configuration, "rule", "nrr", "set it to another rule");
    }
    if (settings.recurrence() == Recurrence.HIDDEN) {
      throw onlyOnProcessor(configuration, settings, "recurrent", "on", "set it to off");
    }
    if (settings.steps() > MOST_STEPS) {
      throw onlyOnProcessor(
          configuration,
          settings,
          "steps",
          settings.steps() + " steps",
          "set it to " + MOST_STEPS + " at most");
    }
    if (!settings.readout().fires()) {
      String name = CheckedSettings.nameOf(settings.readout());
      throw onlyOnProcessor(configuration, settings, "readout", name, "set it to rate");
    }
    if (settings.learnsLeak()) {
      throw onlyOnProcessor(configuration, settings, "learnable-leak", "on", "set it to off");
    }
    if (settings.energyTerm() != 0f) {
      throw onlyOnProcessor(
          configuration,
          settings,
          "energy-term",
          Float.toString(settings.energyTerm()),
          "set it to 0");
    }
  }

  private static RuntimeException onlyOnProcessor(
      Config configuration, SpikingMlpSettings settings, String key, String value, String instead) {
    String ofRule =
        SpikingMlpSettings.BLOCK + "." + CheckedSettings.nameOf(settings.rule()) + "." + key;
    return DeviceChoice.onlyOnProcessor(
        configuration,
        configuration.hasPath(ofRule) ? ofRule : SpikingMlpSettings.BLOCK + "." + key,
        value,
        instead);
  }

  /** {@inheritDoc} Members agree in sizes, steps, input, loss and the kinds of their neurons. */
  @Override
  public PackPlan plan(Config configuration, NetworkShape shape) {
    SpikingMlpSettings settings = SpikingMlpSettings.of(configuration);
    Topology topology = new Topology(settings, shape);
    List<Object> alike =
        List.of(
            name(),
            shape.channels(),
            settings.hidden(),
            shape.outputs(),
            settings.steps(),
            settings.input(),
            settings.input() == InputCoding.SPIKES ? settings.frameStride() : 0,
            settings.neuron().current(),
            settings.surrogate(),
            settings.loss());
    return new PackPlan(
        alike.toString(),
        PackConstants.bytes(topology)
            + PackMemory.bytesOfTerms(topology)
            + INFERRED * PackMemory.bytesToInfer(topology),
        PackMemory.bytesToLearn(topology));
  }

  @Override
  public PackModel pack(Device device, List<Config> members, NetworkShape shape) {
    List<SpikingMlpSettings> settings = members.stream().map(SpikingMlpSettings::of).toList();
    for (int i = 0; i < settings.size(); i++) {
      settings.get(i).checkShape(members.get(i), shape);
    }
    return new SpikingMlpPack(device, settings, shape);
  }

  @Override
  public Learner createOnProcessor(Config configuration, NetworkShape shape) {
    SpikingMlpSettings settings = SpikingMlpSettings.of(configuration);
    settings.checkShape(configuration, shape);
    return new SpikingMlp(settings, shape, KernelChoice.of(configuration), SpikeFunction.STEP);
  }
}
