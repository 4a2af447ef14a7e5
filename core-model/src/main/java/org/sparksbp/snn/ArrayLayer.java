package org.sparksbp.snn;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.neuron.MembraneConstants;

/** State and activities of one layer for a batch on plain arrays, each {@code [batch, N_l]}. */
final class ArrayLayer {

  final int neurons;
  final float[] bias; // b_l
  float[] membrane = new float[0]; // v
  float[] conductance = new float[0]; // g
  float[] homeostatic = new float[0]; // h
  float[] current = new float[0]; // I, or J in its place
  float[] drive = new float[0]; // what sigma is taken of
  float[] fired = new float[0]; // 1 for a spike of the step, else 0; empty if nobody looks
  private final float[] reversalOfNeuron;
  private float[] reversal = new float[0];

  ArrayLayer(MembraneConstants constants, boolean... inhibitory) {
    this.neurons = inhibitory.length;
    this.bias = new float[neurons];
    this.reversalOfNeuron = new float[neurons];
    for (int i = 0; i < neurons; i++) {
      reversalOfNeuron[i] = (float) constants.reversal(inhibitory, i);
    }
  }

  /** Makes room for a batch; leaves the state undefined. */
  void prepare(int batch) {
    int length = batch * neurons;
    if (membrane.length < length) {
      membrane = new float[length];
      conductance = new float[length];
      homeostatic = new float[length];
      current = new float[length];
      drive = new float[length];
      reversal = new float[length];
      Synapses.fillRows(batch, reversalOfNeuron, reversal);
    }
  }

  /** The array itself, not a copy. */
  float[] array(StateVariable variable) {
    return switch (variable) {
      case MEMBRANE -> membrane;
      case CONDUCTANCE -> conductance;
      case HOMEOSTATIC -> homeostatic;
    };
  }

  void clearState(int batch) {
    for (StateVariable variable : StateVariable.values()) {
      Arrays.fill(array(variable), 0, batch * neurons, 0f);
    }
  }

  /**
   * One time step of g and v.
   *
   * @param share k/S
   * @return number of spikes
   */
  long integrate(MembraneConstants constants, int length, float share) {
    integrateConductance(constants, length);
    noteSpikes(constants);
    long spikes = reset(constants, length);
    float rest = 1 - share;
    for (int i = 0; i < length; i++) {
      membrane[i] = share * membrane[i] + rest * homeostatic[i];
    }
    return spikes;
  }

  /**
   * One time step of v alone, from rest, where no neuron can fire and g is known.
   *
   * @param from first neuron
   * @param share k/S
   */
  void integrateMembrane(MembraneConstants constants, int from, int length, float share) {
    float rate = (float) constants.membraneRate();
    float perLeak = (float) (1 / constants.leakConductance());
    float leakPotential = (float) constants.leakPotential();
    float[] v = membrane;
    float[] g = conductance;
    float[] e = reversal;
    for (int at = from; at < from + length; at++) {
      float now = v[at];
      v[at] = share * (now - rate * (now - leakPotential + g[at] * perLeak * (now - e[at])));
    }
  }

  private void integrateConductance(MembraneConstants constants, int length) {
    float synapticRate = (float) constants.synapticRate();
    float rate = (float) constants.membraneRate();
    float leakConductance = (float) constants.leakConductance();
    float perLeak = (float) (1 / constants.leakConductance());
    float leakPotential = (float) constants.leakPotential();
    float[] v = membrane;
    float[] g = conductance;
    float[] i = current;
    float[] e = reversal;
    for (int at = 0; at < length; at++) {
      float conductanceNow = g[at] + synapticRate * (leakConductance - g[at] + i[at]);
      g[at] = conductanceNow;
      v[at] -= rate * (v[at] - leakPotential + conductanceNow * perLeak * (v[at] - e[at]));
    }
  }

  private void noteSpikes(MembraneConstants constants) {
    float threshold = (float) constants.threshold();
    for (int at = 0; at < fired.length; at++) {
      fired[at] = membrane[at] > threshold ? 1f : 0f;
    }
  }

  private long reset(MembraneConstants constants, int length) {
    float threshold = (float) constants.threshold();
    float resetPotential = (float) constants.resetPotential();
    float[] v = membrane;
    long spikes = 0;
    for (int at = 0; at < length; at++) {
      if (v[at] > threshold) {
        v[at] = resetPotential;
        spikes++;
      }
    }
    return spikes;
  }

  /** Writes sigma(v) to {@code activity}. */
  void activityFromMembrane(Kernels kernels, int length, float[] activity) {
    System.arraycopy(membrane, 0, activity, 0, length);
    kernels.sigmaInPlace(activity, 0, length);
  }
}
