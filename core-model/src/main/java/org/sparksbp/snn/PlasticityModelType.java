package org.sparksbp.snn;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

/** The plasticity-trained spiking network, {@code model = snn}. */
public final class PlasticityModelType implements ModelType {

  @Override
  public String name() {
    return "snn";
  }

  @Override
  public void check(Config configuration) {
    new SettingsReader(configuration).read();
    checkPath(configuration);
    KernelChoice.check(configuration);
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
    return checkPath(configuration).equals("arrays")
        ? new ArrayNetwork(network, KernelChoice.of(configuration))
        : new Nd4jNetwork(network, DataType.FLOAT);
  }

  private static String checkPath(Config configuration) {
    String path = configuration.getString("compute.path");
    if (!path.equals("arrays") && !path.equals("nd4j")) {
      throw new ConfigException.BadValue(
          configuration.getValue("compute.path").origin(),
          "compute.path",
          path + ", must be one of [arrays, nd4j]");
    }
    return path;
  }
}
