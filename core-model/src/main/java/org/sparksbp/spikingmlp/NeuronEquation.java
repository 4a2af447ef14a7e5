package org.sparksbp.spikingmlp;

import com.typesafe.config.Config;

/**
 * What a spiking perceptron's neurons compute, for who writes it down elsewhere: {@code m = leak m
 * (1 - s_previous) + f(input current) - inhibition; s = [m > threshold]}.
 *
 * @param current f
 * @param outputsFire whether output neurons do the same, rather than to sum up what they receive
 */
public record NeuronEquation(
    float leak, float threshold, float inhibition, InputCurrent current, boolean outputsFire) {

  /**
   * The equation of a model with these settings; a learned leak is an array of the model and not
   * this one.
   *
   * @param configuration the whole resolved configuration of its run
   */
  public static NeuronEquation of(Config configuration) {
    SpikingMlpSettings settings = SpikingMlpSettings.of(configuration);
    SpikingMlpSettings.NeuronConstants constants = settings.neuron();
    return new NeuronEquation(
        constants.leak(),
        constants.threshold(),
        constants.inhibition(),
        constants.current(),
        settings.readout().fires());
  }
}
