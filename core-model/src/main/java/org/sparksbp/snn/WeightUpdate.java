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
        .changes(phases, (matrix, row, change, at) -> add(matrix, row, change, at, position));
    for (Synapses matrix : synapses) {
      matrix.changed();
    }
  }

  private void add(int matrix, int row, float[] change, int offset, BatchPosition position) {
    int columns = network.sizes()[matrix + 1];
    float[] weights = synapses[matrix].weights;
    float stepSize = (float) settings.stepSize(matrix);
    if (settings.noise() != UpdateNoise.NONE) {
      RandomStream random = UpdateNoise.ofRow(position, matrix, row);
      for (int j = 0; j < columns; j++) {
        change[offset + j] *= (float) settings.noise().factor(random, position.epoch());
      }
    }
    if (network.daleLaw() && matrix >= 1) {
      for (int j = 0; j < columns; j++) {
        float weight = weights[row * columns + j];
        weights[row * columns + j] =
            weight + DalesLaw.restrained(weight, stepSize * change[offset + j]);
      }
    } else {
      kernels.scaledAdd(columns, stepSize, change, offset, weights, row * columns);
    }
  }
}
