package org.sparksbp.spikingmlp;

import com.typesafe.config.Config;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

/** The model {@code spiking-mlp}: a spiking multilayer perceptron trained by gradients. */
public final class SpikingMlpModelType implements ModelType {

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
  public Learner create(Config configuration, NetworkShape shape) {
    SpikingMlpSettings settings = SpikingMlpSettings.of(configuration);
    settings.checkShape(configuration, shape);
    return new SpikingMlp(settings, shape, KernelChoice.of(configuration), SpikeFunction.STEP);
  }
}
