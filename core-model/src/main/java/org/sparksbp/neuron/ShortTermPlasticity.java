package org.sparksbp.neuron;

/**
 * Short-term facilitation and depression of a neuron's input current I, whose filtered value J
 * replaces I. Once per time step, each line with the newest values of the lines before it:
 *
 * <pre>
 * u += -u/tau_f + U I (1 - u)
 * x += (1 - x)/tau_d - u x I
 * J += -J/tau_s + u x I
 * </pre>
 *
 * @param utilisation U
 * @param facilitationTimeConstant tau_f, time steps
 * @param depressionTimeConstant tau_d, time steps
 * @param synapticTimeConstant tau_s, time steps
 */
public record ShortTermPlasticity(
    double utilisation,
    double facilitationTimeConstant,
    double depressionTimeConstant,
    double synapticTimeConstant) {

  /** u before the first step. */
  public static final double INITIAL_UTILISATION = 0.1;

  /** x before the first step. */
  public static final double INITIAL_RESOURCES = 1;

  /** J before the first step. */
  public static final double INITIAL_CURRENT = 0.1;
}
