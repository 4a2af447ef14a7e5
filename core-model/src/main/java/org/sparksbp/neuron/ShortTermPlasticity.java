package org.sparksbp.neuron;

/**
 * Short-term facilitation and depression of a neuron's input current I, whose filtered value J
 * replaces I. In every time step, each line with the newest values of the lines before it:
 *
 * <pre>
 * u = u_0 - u_0/tau_f + U I (1 - u_0)          u_0 = 0.1
 * x = x_0 + (1 - x_0)/tau_d - u x_0 I          x_0 = 1
 * J = J_0 - J_0/tau_s + u x I                  J_0 = 0.1
 * </pre>
 *
 * <p>As in the published implementation, and unlike in a biological synapse, u, x and J start from
 * u_0, x_0 and J_0 in every step: J depends on the present current alone. (Kept from step to step
 * they would grow without bound under negative currents.)
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

  private static final double INITIAL_UTILISATION = 0.1;
  private static final double INITIAL_RESOURCES = 1;
  private static final double INITIAL_CURRENT = 0.1;

  /** u before an input, u_0 - u_0/tau_f. */
  public double restingUtilisation() {
    return INITIAL_UTILISATION - INITIAL_UTILISATION / facilitationTimeConstant;
  }

  /** What a unit of current adds to u, U (1 - u_0). */
  public double facilitation() {
    return utilisation * (1 - INITIAL_UTILISATION);
  }

  /** x before an input, x_0 + (1 - x_0)/tau_d. */
  public double restingResources() {
    return INITIAL_RESOURCES + (1 - INITIAL_RESOURCES) / depressionTimeConstant;
  }

  /** What a unit of u I takes from x, x_0. */
  public double consumption() {
    return INITIAL_RESOURCES;
  }

  /** J without input, J_0 - J_0/tau_s. */
  public double restingCurrent() {
    return INITIAL_CURRENT - INITIAL_CURRENT / synapticTimeConstant;
  }

  /** J of a current I. */
  public double filtered(double current) {
    double u = restingUtilisation() + facilitation() * current;
    double x = restingResources() - consumption() * u * current;
    return restingCurrent() + u * x * current;
  }

  /** Whether J stays in [-1, 1] for every I in [-1, 1]: a bound by the sizes of its terms. */
  public boolean staysWithinOne() {
    double ofUtilisation = Math.abs(restingUtilisation()) + Math.abs(facilitation());
    double ofResources = Math.abs(restingResources()) + Math.abs(consumption()) * ofUtilisation;
    return Math.abs(restingCurrent()) + ofUtilisation * ofResources <= 1;
  }
}
