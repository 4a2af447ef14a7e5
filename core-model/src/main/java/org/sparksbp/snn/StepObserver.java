package org.sparksbp.snn;

/** Looks at the network in every step of its spiking phase. */
@FunctionalInterface
interface StepObserver {

  StepObserver NONE = (layer, k, fired, activity) -> {};

  /**
   * @param layer from 1
   * @param k step, from 1
   * @param fired 1 where a neuron fired in the step, else 0; begins with {@code [batch, N_l]}
   * @param activity of the step, sigma(v); begins with {@code [batch, N_l]}
   */
  void stepped(int layer, int k, float[] fired, float[] activity);
}
