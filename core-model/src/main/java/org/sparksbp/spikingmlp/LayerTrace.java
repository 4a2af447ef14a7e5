package org.sparksbp.spikingmlp;

import java.util.Arrays;
import org.sparksbp.spikingmlp.SpikingMlpSettings.NeuronConstants;

/** What the neurons of one layer did during the presentation of a sample, step by step. */
final class LayerTrace {

  private final int steps;
  private final int neurons;
  private final float[] drives;
  private final float[] potentials;
  private final float[] spikes;
  private final float[] drive;
  private final float[] potential;
  private final float[] spike;

  LayerTrace(int steps, int neurons) {
    this.steps = steps;
    this.neurons = neurons;
    this.drives = new float[steps * neurons];
    this.potentials = new float[steps * neurons];
    this.spikes = new float[steps * neurons];
    this.drive = new float[neurons];
    this.potential = new float[neurons];
    this.spike = new float[neurons];
  }

  int steps() {
    return steps;
  }

  int neurons() {
    return neurons;
  }

  /** Input currents, later their logistic function, {@code [steps, neurons]}; not a copy. */
  float[] drives() {
    return drives;
  }

  /** Membrane potentials before a reset, {@code [steps, neurons]}; not a copy. */
  float[] potentials() {
    return potentials;
  }

  /** 1 where a neuron fired, else 0, {@code [steps, neurons]}; not a copy. */
  float[] spikes() {
    return spikes;
  }

  void fillDrives(float[] biases) {
    for (int step = 0; step < steps; step++) {
      System.arraycopy(biases, 0, drives, step * neurons, neurons);
    }
  }

  /** Copies the currents of step 0 to all steps. */
  void repeatFirstDrive() {
    for (int step = 1; step < steps; step++) {
      System.arraycopy(drives, 0, drives, step * neurons, neurons);
    }
  }

  /**
   * Membrane potentials and spikes of a step, from its drives and the step before it. Works on rows
   * of their own, as the compiler vectorises loops over several arrays only where they share one
   * index.
   */
  void integrate(int step, float leak, NeuronConstants neuron, SpikeFunction spikeFunction) {
    if (step == 0) {
      Arrays.fill(potential, 0f);
      Arrays.fill(spike, 0f);
    }
    int at = step * neurons;
    System.arraycopy(drives, at, drive, 0, neurons);
    decay(leak, neuron.inhibition());
    spikeFunction.fire(potential, neuron.threshold(), spike);
    System.arraycopy(potential, 0, potentials, at, neurons);
    System.arraycopy(spike, 0, spikes, at, neurons);
  }

  private void decay(float leak, float inhibition) {
    for (int j = 0; j < neurons; j++) {
      potential[j] = leak * potential[j] * (1f - spike[j]) + drive[j] - inhibition;
    }
  }

  /** Potentials of neurons that do not fire, in all steps, from their input currents. */
  void accumulate(float leak) {
    Arrays.fill(spikes, 0f);
    System.arraycopy(drives, 0, potentials, 0, neurons);
    for (int i = neurons; i < potentials.length; i++) {
      potentials[i] = leak * potentials[i - neurons] + drives[i];
    }
  }

  /** Writes spikes per step of each neuron, {@code [neurons]} from {@code offset} on. */
  void rates(float[] rates, int offset) {
    mean(steps, neurons, spikes, rates, offset);
  }

  /**
   * Writes the mean over steps.
   *
   * @param values {@code [steps, neurons]}
   * @param means receives {@code [neurons]} from {@code offset} on
   */
  static void mean(int steps, int neurons, float[] values, float[] means, int offset) {
    Arrays.fill(means, offset, offset + neurons, 0f);
    for (int step = 0; step < steps; step++) {
      for (int j = 0; j < neurons; j++) {
        means[offset + j] += values[step * neurons + j];
      }
    }
    for (int j = 0; j < neurons; j++) {
      means[offset + j] /= steps;
    }
  }
}
