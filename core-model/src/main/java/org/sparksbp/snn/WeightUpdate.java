package org.sparksbp.snn;

import org.sparksbp.kernel.Kernels;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.neuron.DalesLaw;
import org.sparksbp.plasticity.PhaseActivities;
import org.sparksbp.random.RandomStream;

/** W_l += alpha_l D_l on plain arrays, with noise and Dale's law where they are on. */
final class WeightUpdate {

  private final NetworkDefinition network;
  private final SnnSettings settings;
  private final Kernels kernels;
  private final Synapses[] synapses;

  WeightUpdate(NetworkDefinition network, Kernels kernels, Synapses... synapses) {
    this.network = network;
    this.settings = network.settings();
    this.kernels = kernels;
    this.synapses = synapses;
  }

  void apply(PhaseActivities phases, BatchPosition position) {
    settings
        .rule()
        .changes(
            phases,
            (matrix, first, rows, change, at) -> add(matrix, first, rows, change, at, position));
    for (Synapses matrix : synapses) {
      matrix.changed();
    }
  }

  private void add(
      int matrix, int first, int rows, float[] change, int offset, BatchPosition position) {
    int columns = network.sizes()[matrix + 1];
    if (settings.noise() != UpdateNoise.NONE) {
      for (int row = 0; row < rows; row++) {
        RandomStream random = UpdateNoise.ofRow(position, matrix, first + row);
        int from = offset + row * columns;
        for (int at = from; at < from + columns; at++) {
          change[at] *= (float) settings.noise().factor(random, position.epoch());
        }
      }
    }
    float[] weights = synapses[matrix].weights;
    float stepSize = (float) settings.stepSize(matrix);
    int to = first * columns;
    if (network.daleLaw() && matrix >= 1) {
      for (int i = 0; i < rows * columns; i++) {
        float weight = weights[to + i];
        weights[to + i] = weight + DalesLaw.restrained(weight, stepSize * change[offset + i]);
      }
    } else {
      kernels.scaledAdd(rows * columns, stepSize, change, offset, weights, to);
    }
  }
}
