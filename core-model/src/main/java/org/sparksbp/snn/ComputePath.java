package org.sparksbp.snn;

import java.util.Map;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.FiniteNumbers;
import org.sparksbp.spike.SpikeBatch;

/** The network's equations on one kind of arrays. */
interface ComputePath extends AutoCloseable {

  /** Weights and biases in the order of {@link NetworkDefinition#layout()}. */
  float[] parameters();

  default void copyParametersTo(float[] flat) {
    float[] parameters = parameters();
    System.arraycopy(parameters, 0, flat, 0, parameters.length);
  }

  default boolean hasFiniteParameters() {
    return FiniteNumbers.areAll(parameters());
  }

  void setParameters(float[] parameters);

  /**
   * v, g and h of each layer as the last learned batch left them, by names such as {@code
   * membrane-1}, each {@code [batch, N_l]}; empty before the first and with fresh state.
   */
  Map<String, float[]> carriedState();

  void setCarriedState(Map<String, float[]> state);

  /** Runs the spiking and the homeostatic phase from the zero state. */
  Answer infer(SpikeBatch batch);

  /** Does as {@link #infer} and shows every step of the spiking phase. */
  Answer trace(SpikeBatch batch, StepObserver steps);

  /** Runs all phases, from the carried state if settings say so, and changes the parameters. */
  Answer learn(SpikeBatch batch, BatchPosition position);

  /** Sets who looks at the network between phases. */
  void observe(PhaseObserver observer);

  @Override
  default void close() {}

  /**
   * @param outputs a_L after the homeostatic phase, {@code [batch, N_L]}
   * @param spikes number of spikes of layer 1..L in the spiking phase; element 0 stays 0
   */
  record Answer(float[] outputs, long[] spikes) {}
}
