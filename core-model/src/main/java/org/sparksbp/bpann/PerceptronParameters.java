package org.sparksbp.bpann;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparksbp.kernel.Transpose;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.ParameterLayout.Role;

/**
 * Carries a Deeplearning4j network's parameters and updater state to and from a learner's flat
 * vector.
 *
 * <p>Deeplearning4j keeps, layer by layer, the weights {@code [in, out]} column by column and then
 * the biases; a flat vector has the weights row by row. Updater states have the same order as the
 * parameters, once for each moment (Adam: mean, then variance), and travel as they are: averaged
 * between workers with the parameters, as {@code ParameterAveragingTrainingMaster} does with {@code
 * saveUpdater(true)}. The number of updates so far travels with them, because Adam's bias
 * correction depends on it.
 */
final class PerceptronParameters {

  private final LayerSizes sizes;
  private final int updaterStates;

  /**
   * @param updaterStates elements of the updater's state
   */
  PerceptronParameters(LayerSizes sizes, int updaterStates) {
    this.sizes = sizes;
    this.updaterStates = updaterStates;
  }

  ParameterLayout layout() {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    for (int layer = 0; layer < sizes.matrices(); layer++) {
      layout.add("weights-" + layer, Role.WEIGHT, sizes.size(layer), sizes.size(layer + 1));
      layout.add("biases-" + (layer + 1), Role.BIAS, sizes.size(layer + 1));
    }
    if (updaterStates > 0) {
      layout.add("updater-state", Role.OPTIMISER, updaterStates);
    }
    return layout.add("updates", Role.OPTIMISER, 1).build();
  }

  float[] read(MultiLayerNetwork network) {
    float[] theirs = network.params().dup().data().asFloat();
    float[] flat = new float[theirs.length + updaterStates + 1];
    reorder(theirs, flat, Direction.TO_ROWS);
    if (updaterStates > 0) {
      float[] states = network.getUpdater().getStateViewArray().dup().data().asFloat();
      System.arraycopy(states, 0, flat, theirs.length, updaterStates);
    }
    flat[flat.length - 1] = network.getLayerWiseConfigurations().getIterationCount();
    return flat;
  }

  void write(float[] flat, MultiLayerNetwork network) {
    float[] theirs = new float[flat.length - updaterStates - 1];
    reorder(flat, theirs, Direction.TO_COLUMNS);
    network.params().assign(row(theirs));
    if (updaterStates > 0) {
      float[] states = new float[updaterStates];
      System.arraycopy(flat, theirs.length, states, 0, updaterStates);
      network.getUpdater().getStateViewArray().assign(row(states));
    }
    network.getLayerWiseConfigurations().setIterationCount(Math.round(flat[flat.length - 1]));
  }

  /** Which of both orders the weights come in. */
  private enum Direction {
    TO_ROWS,
    TO_COLUMNS
  }

  private void reorder(float[] from, float[] to, Direction direction) {
    int offset = 0;
    for (int layer = 0; layer < sizes.matrices(); layer++) {
      int rows = sizes.size(layer);
      int columns = sizes.size(layer + 1);
      if (direction == Direction.TO_ROWS) {
        Transpose.copy(columns, rows, 1f, from, offset, to, offset);
      } else {
        Transpose.copy(rows, columns, 1f, from, offset, to, offset);
      }
      offset += rows * columns;
      System.arraycopy(from, offset, to, offset, columns);
      offset += columns;
    }
  }

  static INDArray row(float[] values) {
    return Nd4j.create(values, new long[] {1, values.length}, 'c');
  }
}
