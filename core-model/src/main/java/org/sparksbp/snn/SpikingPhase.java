package org.sparksbp.snn;

import java.util.Optional;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.neuron.MembraneConstants;

/**
 * Phase 1 on plain arrays: currents, conductances and potentials of all layers, step by step. A
 * first layer that is driven by constant rates gets its current once a batch; if the network also
 * starts at rest and cannot fire, most of its steps are not run, see {@link InterpolatedLayers}.
 */
final class SpikingPhase {

  private final MembraneConstants constants;
  private final Kernels kernels;
  private final ArrayLayer[] layers;
  private final Synapses[] synapses;
  private final CurrentFilter filter;
  private final Optional<InterpolatedLayers> interpolated;
  private StepObserver observer = StepObserver.NONE;

  SpikingPhase(
      NetworkDefinition network, Kernels kernels, ArrayLayer[] layers, Synapses[] synapses) {
    this.constants = network.settings().membrane();
    this.kernels = kernels;
    this.layers = layers;
    this.synapses = synapses;
    this.filter = new CurrentFilter(network.settings(), kernels);
    this.interpolated = InterpolatedLayers.of(network, kernels, layers, synapses);
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
    driveToCurrent(layers[1], batch * layers[1].neurons);
    if (interpolated.isEmpty()) {
      return run(batch, (k, drive) -> false, activities);
    }
    if (isObserved()) {
      // The equations' steps are shown; the answer stays that of the batches nobody looks at.
      run(batch, (k, drive) -> false, activities);
      clearMembranes(batch);
    }
    boolean[] accurate = interpolated.get().run(batch, activities);
    for (boolean row : accurate) {
      if (!row) {
        return runRest(batch, accurate, activities);
      }
    }
    return new long[layers.length];
  }

  /**
   * Runs the steps for those rows whose activities are not accurate yet, which no other row
   * changes.
   */
  private long[] runRest(int batch, boolean[] accurate, float[][] activities) {
    float[][] good = new float[activities.length][];
    for (int l = 1; l < activities.length; l++) {
      good[l] = activities[l].clone();
    }
    StepObserver shown = observer;
    observer = StepObserver.NONE;
    clearMembranes(batch);
    final long[] spikes = run(batch, (k, drive) -> false, activities);
    observer = shown;
    for (int l = 1; l < activities.length; l++) {
      int neurons = layers[l].neurons;
      for (int row = 0; row < batch; row++) {
        if (accurate[row]) {
          System.arraycopy(good[l], row * neurons, activities[l], row * neurons, neurons);
        }
      }
    }
    return spikes;
  }

  private void clearMembranes(int batch) {
    for (int l = 1; l < layers.length; l++) {
      layers[l].clearState(batch);
    }
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

  private long integrate(int l, int batch, int k, int steps) {
    return layers[l].integrate(constants, batch * layers[l].neurons, (float) k / steps);
  }

  private void driveToCurrent(ArrayLayer layer, int length) {
    System.arraycopy(layer.drive, 0, layer.current, 0, length);
    filter.driveToCurrent(layer.current, length);
  }
}
