package org.sparksbp.snn;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.SettingChange;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.pack.PackModel;
import org.sparksbp.pack.PackPlan;
import org.sparksbp.plasticity.PlasticityRule;

/** The plasticity-trained spiking network, {@code model = snn}. */
public final class PlasticityModelType implements DeviceModelType {

  /** What the network computes on, {@code compute.path}. */
  private enum Arrays {
    ARRAYS,
    ND4J
  }

  @Override
  public String name() {
    return "snn";
  }

  @Override
  public void check(Config configuration) {
    new SettingsReader(configuration).read();
    arrays(configuration);
    KernelChoice.check(configuration);
  }

  @Override
  public Optional<SettingChange> changeToSeeSteps(Config configuration) {
    return new SettingsReader(configuration).read().input() == SnnSettings.Input.RATE
        ? Optional.of(new SettingChange("snn.input", "rate", "spikes"))
        : Optional.empty();
  }

  @Override
  public Learner createOnProcessor(Config configuration, NetworkShape shape) {
    NetworkDefinition network = network(configuration, shape);
    return new PlasticityLearner(network, path(configuration, network));
  }

  private static NetworkDefinition network(Config configuration, NetworkShape shape) {
    SnnSettings settings = new SettingsReader(configuration).read();
    return NetworkDefinition.of(settings, shape.channels(), shape.outputs());
  }

  /** {@inheritDoc} It computes all but ND4J's arrays. */
  @Override
  public void checkForDevice(Config configuration) {
    check(configuration);
    if (arrays(configuration) != Arrays.ARRAYS) {
      throw DeviceChoice.onlyOnProcessor(configuration, "compute.path", "nd4j", "take arrays");
    }
    PlasticityRule rule = new SettingsReader(configuration).read().rule();
    if (!PlasticityMember.computes(rule)) {
      throw DeviceChoice.onlyOnProcessor(configuration, "rule", rule.name(), "take another");
    }
  }

  @Override
  public PackPlan plan(Config configuration, NetworkShape shape) {
    NetworkDefinition network = network(configuration, shape);
    SnnSettings settings = network.settings();
    Optional<SteadyFirstLayer> steady = PlasticityPack.steady(network);
    boolean carried = settings.state() == SnnSettings.State.CARRIED;
    boolean spikes = settings.input() == SnnSettings.Input.SPIKES;
    String key =
        String.join(
            " ",
            name(),
            java.util.Arrays.toString(network.sizes()),
            settings.spikingPhase() + "",
            settings.membrane().steps() + "",
            settings.relaxation().homeostaticIterations() + "",
            settings.relaxation().clampedIterations() + "",
            carried + "",
            spikes ? shape.steps() + "" : "rates",
            settings.shortTermPlasticity().isPresent() + "",
            steady.map(SteadyFirstLayer::powers).orElse(0) + "",
            steady.map(SteadyFirstLayer::kinds).orElse(0) + "");
    LayerSizes sizes = LayerSizes.of(network.sizes());
    long neurons = sizes.hiddenNeurons() + sizes.outputs();
    // parameters, a matrix's modification of the size of the largest, transposed ones, sums
    long ofMember = 3 * sizes.allSynapses() + 200 * neurons + 200L * sizes.inputs();
    // x, what it feeds, the activities at both ends and their change, state
    long inputRows = spikes ? 1L + shape.steps() : 1;
    long ofRow = sizes.inputs() + inputRows * sizes.size(1) + 12 * neurons;
    return new PackPlan(key, ofMember * Float.BYTES, ofRow * Float.BYTES);
  }

  @Override
  public PackModel pack(Device device, List<Config> members, NetworkShape shape) {
    return new PlasticityPack(
        device,
        device.description(),
        members.stream().map(configuration -> network(configuration, shape)).toList(),
        shape.steps(),
        null);
  }

  private static ComputePath path(Config configuration, NetworkDefinition network) {
    return switch (arrays(configuration)) {
      case ARRAYS -> new ArrayNetwork(network, KernelChoice.of(configuration));
      case ND4J -> new Nd4jNetwork(network, DataType.FLOAT);
    };
  }

  private static Arrays arrays(Config configuration) {
    return CheckedSettings.of(configuration).choice("compute.path", Arrays.class);
  }
}
