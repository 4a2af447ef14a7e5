package org.sparksbp.energy;

import org.sparksbp.kernel.Transpose;
import org.sparksbp.learner.FiniteNumbers;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.ParameterLayout.Role;
import org.sparksbp.random.RandomStream;

/**
 * Weights and biases. In the flat vector W_l is {@code [N_l, N_{l+1}]}; inside, all matrices but
 * W_0 are held transposed, since the last layer is short and the loops run over the longer hidden
 * ones.
 */
final class EnergyParameters {

  private final LayerSizes sizes;
  private final ParameterLayout layout;
  private final float[][] weights;
  private final float[][] biases;

  /**
   * Weights uniform in +-start_l sqrt(6 / (N_l + N_{l+1})), biases 0.
   *
   * @param start factor of W_l's start at index l
   */
  EnergyParameters(LayerSizes sizes, float[] start, long seed) {
    this.sizes = sizes;
    int matrices = sizes.matrices();
    ParameterLayout.Builder builder = new ParameterLayout.Builder();
    for (int l = 0; l < matrices; l++) {
      builder.add("weights-" + l, Role.WEIGHT, sizes.size(l), sizes.size(l + 1));
    }
    for (int l = 1; l <= matrices; l++) {
      builder.add("biases-" + l, Role.BIAS, sizes.size(l));
    }
    layout = builder.build();
    weights = new float[matrices][];
    biases = new float[matrices + 1][];
    float[] initial = new float[layout.size()];
    for (int l = 0; l < matrices; l++) {
      weights[l] = new float[Math.toIntExact(sizes.synapses(l))];
      biases[l + 1] = new float[sizes.size(l + 1)];
      float bound = (float) Math.sqrt(6.0 / (sizes.size(l) + sizes.size(l + 1)));
      RandomStream random = RandomStream.of(seed, "initial-weights", l);
      int offset = layout.blocks().get(l).offset();
      for (int i = 0; i < weights[l].length; i++) {
        initial[offset + i] = (2f * random.nextFloat() - 1f) * bound * start[l];
      }
    }
    set(initial);
  }

  ParameterLayout layout() {
    return layout;
  }

  /** L. */
  int layers() {
    return sizes.matrices();
  }

  /** N_layer. */
  int size(int layer) {
    return sizes.size(layer);
  }

  /** W_0, {@code [N_0, N_1]}; not a copy. */
  float[] inputWeights() {
    return weights[0];
  }

  /** W_matrix^T, {@code [N_{matrix+1}, N_matrix]}, for matrix = 1..L-1; not a copy. */
  float[] transposedWeights(int matrix) {
    return weights[matrix];
  }

  /** b_layer, {@code [N_layer]}, for layer = 1..L; not a copy. */
  float[] biases(int layer) {
    return biases[layer];
  }

  float[] toFlat() {
    float[] flat = new float[layout.size()];
    copyTo(flat);
    return flat;
  }

  /** Writes all of them as the layout has them. */
  void copyTo(float[] flat) {
    for (int l = 0; l < weights.length; l++) {
      int offset = layout.blocks().get(l).offset();
      if (l == 0) {
        System.arraycopy(weights[0], 0, flat, offset, weights[0].length);
      } else {
        Transpose.copy(sizes.size(l + 1), sizes.size(l), 1f, weights[l], 0, flat, offset);
      }
      int biasOffset = layout.blocks().get(weights.length + l).offset();
      System.arraycopy(biases[l + 1], 0, flat, biasOffset, biases[l + 1].length);
    }
  }

  boolean areFinite() {
    boolean finite = true;
    for (int l = 0; l < weights.length; l++) {
      finite &= FiniteNumbers.areAll(weights[l]) && FiniteNumbers.areAll(biases[l + 1]);
    }
    return finite;
  }

  void set(float[] flat) {
    layout.check(flat);
    for (int l = 0; l < weights.length; l++) {
      int offset = layout.blocks().get(l).offset();
      if (l == 0) {
        System.arraycopy(flat, offset, weights[0], 0, weights[0].length);
      } else {
        Transpose.copy(sizes.size(l), sizes.size(l + 1), 1f, flat, offset, weights[l], 0);
      }
      int biasOffset = layout.blocks().get(weights.length + l).offset();
      System.arraycopy(flat, biasOffset, biases[l + 1], 0, biases[l + 1].length);
    }
  }
}
