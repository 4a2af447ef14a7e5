package org.sparksbp.neuron;

/**
 * Constants of the leaky integrate-and-fire membrane with one synaptic conductance (Zhang et al.,
 * Science Advances 7(43), eabh0146, 2021).
 *
 * <pre>
 * g += dt/tau_syn (-g + g_leak + I)
 * v += dt/tau_m (-(v - V_leak) - g/g_leak (v - V_E or V_I))
 * v  = V_reset where v > V_th
 * </pre>
 *
 * @param duration T, simulated time of the spiking phase, ms
 * @param timeStep dt, ms
 * @param excitatoryReversal V_E, reversal potential of excitatory neurons
 * @param inhibitoryReversal V_I, reversal potential of inhibitory neurons
 * @param leakPotential V_leak
 * @param threshold V_th, a neuron above it fires
 * @param resetPotential V_reset, potential after a spike
 * @param timeConstant tau_m, ms
 * @param synapticTimeConstant tau_syn, ms
 * @param leakConductance g_leak
 */
public record MembraneConstants(
    double duration,
    double timeStep,
    double excitatoryReversal,
    double inhibitoryReversal,
    double leakPotential,
    double threshold,
    double resetPotential,
    double timeConstant,
    double synapticTimeConstant,
    double leakConductance) {

  /** S, number of time steps of the spiking phase. */
  public int steps() {
    return Math.toIntExact(Math.round(duration / timeStep));
  }

  /** dt / tau_m. */
  public double membraneRate() {
    return timeStep / timeConstant;
  }

  /** dt / tau_syn. */
  public double synapticRate() {
    return timeStep / synapticTimeConstant;
  }

  /** V_E or V_I. */
  public double reversal(boolean[] inhibitory, int neuron) {
    return inhibitory[neuron] ? inhibitoryReversal : excitatoryReversal;
  }
}
