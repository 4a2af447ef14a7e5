package org.sparksbp.snn;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.SettingChange;

/** The plasticity-trained spiking network, {@code model = snn}. */
public final class PlasticityModelType implements ModelType {

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

  /**
   * {@inheritDoc}
   *
   * @throws ConfigException.BadValue naming the key, also if a setting makes no sense in itself
   */
  @Override
  public Learner create(Config configuration, NetworkShape shape) {
    SnnSettings settings = new SettingsReader(configuration).read();
    NetworkDefinition network = NetworkDefinition.of(settings, shape.channels(), shape.outputs());
    return new PlasticityLearner(network, path(configuration, network));
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
