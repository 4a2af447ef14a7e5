package org.sparksbp.spikingmlp;

import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.ParameterLayout.Role;
import org.sparksbp.spikingmlp.SpikingMlpSettings.Recurrence;

/** Sizes of the layers, N_0 (input) to N_L (output), and what is connected to what. */
final class Topology {

  private final LayerSizes sizes;
  private final int steps;
  private final Recurrence recurrence;
  private final boolean learnsLeak;

  Topology(SpikingMlpSettings settings, NetworkShape shape) {
    this.steps = settings.steps();
    this.recurrence = settings.recurrence();
    this.learnsLeak = settings.learnsLeak();
    this.sizes = LayerSizes.of(shape.channels(), settings.hidden(), shape.outputs());
  }

  /** T, time steps of a presentation. */
  int steps() {
    return steps;
  }

  /** L, number of weight matrices; matrix l leads from layer l to layer l + 1. */
  int matrices() {
    return sizes.matrices();
  }

  LayerSizes sizes() {
    return sizes;
  }

  /** N_layer. */
  int size(int layer) {
    return sizes.size(layer);
  }

  /** N_L. */
  int outputs() {
    return sizes.outputs();
  }

  boolean isRecurrent(int layer) {
    return recurrence == Recurrence.HIDDEN && layer > 0 && layer < matrices();
  }

  /** Whether each layer's leak is a parameter. */
  boolean learnsLeak() {
    return learnsLeak;
  }

  /** Synapses that a spike of a neuron of the layer reaches. */
  int fanOut(int layer) {
    return (layer < matrices() ? sizes.size(layer + 1) : 0)
        + (isRecurrent(layer) ? sizes.size(layer) : 0);
  }

  /** Number of synapses of matrix l. */
  long synapses(int matrix) {
    return sizes.synapses(matrix);
  }

  /** Number of synapses within a layer. */
  long recurrentSynapses(int layer) {
    return isRecurrent(layer) ? (long) sizes.size(layer) * sizes.size(layer) : 0;
  }

  /** Synapses of all matrices, those within layers included. */
  long allSynapses() {
    long sum = sizes.allSynapses();
    for (int layer = 1; layer < matrices(); layer++) {
      sum += recurrentSynapses(layer);
    }
    return sum;
  }

  /**
   * {@code weights-l [N_l, N_l+1]}, {@code recurrent-l+1 [N_l+1, N_l+1]} where there is one and
   * {@code biases-l+1 [N_l+1]}, and {@code leak-l+1 [1]} where it is learned, for each matrix, then
   * Adam's moments in the same order and its count of updates.
   */
  ParameterLayout layout() {
    ParameterLayout.Builder builder = new ParameterLayout.Builder();
    for (int l = 0; l < matrices(); l++) {
      builder.add("weights-" + l, Role.WEIGHT, sizes.size(l), sizes.size(l + 1));
      if (isRecurrent(l + 1)) {
        builder.add("recurrent-" + (l + 1), Role.WEIGHT, sizes.size(l + 1), sizes.size(l + 1));
      }
      builder.add("biases-" + (l + 1), Role.BIAS, sizes.size(l + 1));
      if (learnsLeak) {
        builder.add("leak-" + (l + 1), Role.BIAS, 1);
      }
    }
    int trained = builder.build().size();
    return builder
        .add("adam-first-moments", Role.OPTIMISER, trained)
        .add("adam-second-moments", Role.OPTIMISER, trained)
        .add("adam-updates", Role.OPTIMISER, 1)
        .build();
  }
}
