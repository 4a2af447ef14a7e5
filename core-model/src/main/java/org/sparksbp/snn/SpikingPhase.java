package org.sparksbp.snn;

import java.util.Optional;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.neuron.MembraneConstants;
import org.sparksbp.neuron.ShortTermPlasticity;

/**
 * Phase 1 on plain arrays: currents, conductances and potentials of all layers, step by step. A
 * first layer that is driven by constant rates gets its current once a batch; if it also starts at
 * rest and cannot fire, its steps are not run at all, see {@link SteadyResponse}.
 */
final class SpikingPhase {

  private final NetworkDefinition network;
  private final MembraneConstants constants;
  private final Kernels kernels;
  private final ArrayLayer[] layers;
  private final Synapses[] synapses;
  private final Optional<SteadyFirstLayer> steady;
  private StepObserver observer = StepObserver.NONE;

  SpikingPhase(
      NetworkDefinition network, Kernels kernels, ArrayLayer[] layers, Synapses[] synapses) {
    this.network = network;
    this.constants = network.settings().membrane();
    this.kernels = kernels;
    this.layers = layers;
    this.synapses = synapses;
    this.steady = SteadyFirstLayer.of(network, kernels);
  }

  /** Gives the first layer's drive x W_0 + b_1 of a step. */
  @FunctionalInterface
  interface FirstDrive {
    /**
     * @param k step, from 1
     * @param drive receives {@code [batch, N_1]}
     * @return whether it differs from the step before
     */
    boolean write(int k, float[] drive);
  }

  /**
   * Sets who looks at the steps of the next batches.
   *
   * @param batch their size
   */
  void observe(StepObserver steps, int batch) {
    observer = steps;
    for (int l = 1; l < layers.length; l++) {
      layers[l].fired = new float[steps == StepObserver.NONE ? 0 : batch * layers[l].neurons];
    }
  }

  /**
   * Runs all steps from the layers' present state.
   *
   * @param activities receives a_1 .. a_L
   * @return number of spikes by layer
   */
  long[] run(int batch, FirstDrive firstDrive, float[][] activities) {
    int last = layers.length - 1;
    long[] spikes = new long[layers.length];
    int steps = constants.steps();
    for (int k = 1; k <= steps; k++) {
      if (firstDrive.write(k, layers[1].drive)) {
        driveToCurrent(layers[1], batch * layers[1].neurons);
      }
      spikes[1] += integrate(1, batch, k, steps);
      layers[1].activityFromMembrane(kernels, batch * layers[1].neurons, activities[1]);
      show(1, k, activities);
      spikes = continueStep(2, batch, k, activities, spikes);
    }
    layers[last].activityFromMembrane(kernels, batch * layers[last].neurons, activities[last]);
    return spikes;
  }

  /** The same from rest with one constant drive of the first layer, which must be in its drive. */
  long[] runConstant(int batch, float[][] activities) {
    ArrayLayer first = layers[1];
    driveToCurrent(first, batch * first.neurons);
    if (steady.isEmpty()) {
      return run(batch, (k, drive) -> false, activities);
    }
    SteadyFirstLayer response = steady.get();
    int last = layers.length - 1;
    int steps = constants.steps();
    long[] spikes = new long[layers.length];
    response.prepare(batch, first.current, synapses[1]);
    for (int k = 1; k <= steps; k++) {
      showSteady(response, k, batch, activities[1]);
      // The first layer's share of the step is a sum over powers; the others go on from there.
      Synapses.fillRows(batch, layers[2].bias, layers[2].drive);
      response.addDrive(k, batch * layers[2].neurons, layers[2].drive);
      driveToCurrent(layers[2], batch * layers[2].neurons);
      spikes[2] += integrate(2, batch, k, steps);
      if (last > 2 || isObserved()) {
        layers[2].activityFromMembrane(kernels, batch * layers[2].neurons, activities[2]);
      }
      show(2, k, activities);
      spikes = continueStep(3, batch, k, activities, spikes);
    }
    response.activity(response.steps(), batch, first.current, activities[1]);
    layers[last].activityFromMembrane(kernels, batch * layers[last].neurons, activities[last]);
    return spikes;
  }

  private long[] continueStep(int from, int batch, int k, float[][] activities, long[] spikes) {
    int last = layers.length - 1;
    for (int l = from; l <= last; l++) {
      ArrayLayer layer = layers[l];
      Synapses.fillRows(batch, layer.bias, layer.drive);
      synapses[l - 1].addForward(batch, activities[l - 1], layer.drive);
      driveToCurrent(layer, batch * layer.neurons);
      spikes[l] += integrate(l, batch, k, constants.steps());
      if (l < last || isObserved()) {
        layer.activityFromMembrane(kernels, batch * layer.neurons, activities[l]);
      }
      show(l, k, activities);
    }
    return spikes;
  }

  private boolean isObserved() {
    return observer != StepObserver.NONE;
  }

  private void show(int l, int k, float[][] activities) {
    observer.stepped(l, k, layers[l].fired, activities[l]);
  }

  /** Shows a first layer whose steps are not run; it does not fire. */
  private void showSteady(SteadyFirstLayer response, int k, int batch, float[] activity) {
    if (isObserved()) {
      response.activity(k, batch, layers[1].current, activity);
      observer.stepped(1, k, layers[1].fired, activity);
    }
  }

  private long integrate(int l, int batch, int k, int steps) {
    return layers[l].integrate(constants, batch * layers[l].neurons, (float) k / steps);
  }

  /** I = sigma(drive), or J in its place; for a steady first layer J is left to its response. */
  private void driveToCurrent(ArrayLayer layer, int length) {
    System.arraycopy(layer.drive, 0, layer.current, 0, length);
    kernels.sigmaInPlace(layer.current, 0, length);
    Optional<ShortTermPlasticity> filter = network.settings().shortTermPlasticity();
    if (filter.isPresent()) {
      filter(filter.get(), layer.current, length);
    }
  }

  private static void filter(ShortTermPlasticity c, float[] current, int length) {
    float restingUtilisation = (float) c.restingUtilisation();
    float facilitation = (float) c.facilitation();
    float restingResources = (float) c.restingResources();
    float consumption = (float) c.consumption();
    float restingCurrent = (float) c.restingCurrent();
    for (int i = 0; i < length; i++) {
      float now = current[i];
      float u = restingUtilisation + facilitation * now;
      float x = restingResources - consumption * u * now;
      current[i] = restingCurrent + u * x * now;
    }
  }
}
