package org.sparksbp.spikingmlp;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;

/**
 * The optional term of the loss, of the last step alone: with s_l {@code [B, N_l]} the spikes of
 * layer l in that step, the input's included, W_l {@code [N_l, N_l+1]} and the means over all
 * entries of matrices {@code [B, B]},
 *
 * <pre>
 *   E = sum over l of |mean(s_l+1 W_l^T s_l^T) / (N_l N_l+1) + mean(s_l+1 s_l+1^T) / N_l+1^2|
 *     = sum over l of |p_l W_l p_l+1^T / (N_l N_l+1) + p_l+1 p_l+1^T / N_l+1^2|
 * </pre>
 *
 * <p>with p_l the batch's mean of s_l: as the products are over the batch, each sample's spikes
 * meet those of every other one as well. The gradient is the whole one, by spikes and by weights.
 * That by spikes is the same for all samples and needs the whole batch's means, so a batch is
 * presented once more, before it is learned.
 */
final class CoincidenceEnergy {

  private final Topology topology;
  private final float weight;
  private final Kernels kernels;
  private final float[][] means;
  private final float[] signs;

  /** Gradient by the spikes of a layer in the last step, of one sample. */
  private final float[][] slopes;

  private int samples;

  CoincidenceEnergy(Topology topology, float weight, Kernels kernels) {
    this.topology = topology;
    this.weight = weight;
    this.kernels = kernels;
    int layers = isOn() ? topology.matrices() + 1 : 0;
    this.means = new float[layers][];
    this.slopes = new float[layers][];
    this.signs = new float[topology.matrices()];
    for (int layer = 0; layer < layers; layer++) {
      means[layer] = new float[topology.size(layer)];
      slopes[layer] = new float[topology.size(layer)];
    }
  }

  boolean isOn() {
    return weight != 0f;
  }

  /** Before the first presentation of a batch. */
  void begin() {
    samples = 0;
    for (float[] mean : means) {
      Arrays.fill(mean, 0f);
    }
  }

  /** Takes a sample's spikes of the last step. */
  void take(ForwardPass forward) {
    samples++;
    int last = topology.steps() - 1;
    forward.input().forEachChannelOfStep(last, channel -> means[0][channel] += 1f);
    for (int layer = 1; layer < means.length; layer++) {
      int neurons = topology.size(layer);
      float[] spikes = forward.trace(layer).spikes();
      kernels.scaledAdd(neurons, 1f, spikes, last * neurons, means[layer], 0);
    }
  }

  /** After the last sample: the gradient by spikes. */
  void finish(Connections connections) {
    for (float[] mean : means) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] /= samples;
      }
    }
    for (float[] slope : slopes) {
      Arrays.fill(slope, 0f);
    }
    for (int l = 0; l < topology.matrices(); l++) {
      addPair(l, connections.weights(l));
    }
  }

  private void addPair(int l, float[] weights) {
    int below = topology.size(l);
    int above = topology.size(l + 1);
    float[] drive = new float[above];
    kernels.multiplyAdd(1, below, above, means[l], weights, drive);
    float[] mean = means[l + 1];
    double own = kernels.dot(above, mean, 0, mean, 0);
    double value =
        kernels.dot(above, drive, 0, mean, 0) / ((double) below * above)
            + own / ((double) above * above);
    signs[l] = (float) Math.signum(value);
    float byProduct = byProduct(l) / samples;
    float byOwn = signs[l] * weight * 2f / ((float) above * above) / samples;
    for (int j = 0; j < above; j++) {
      slopes[l + 1][j] += byProduct * drive[j] + byOwn * mean[j];
    }
    for (int i = 0; l > 0 && i < below; i++) {
      slopes[l][i] += byProduct * kernels.dot(above, weights, i * above, mean, 0);
    }
  }

  private float byProduct(int l) {
    return signs[l] * weight / ((float) topology.size(l) * topology.size(l + 1));
  }

  /**
   * Adds the term's gradient by the spikes of a layer.
   *
   * @param spikeGradient {@code [steps, neurons]}
   */
  void addGradient(int layer, float[] spikeGradient) {
    if (isOn()) {
      int neurons = topology.size(layer);
      int last = (topology.steps() - 1) * neurons;
      kernels.scaledAdd(neurons, 1f, slopes[layer], 0, spikeGradient, last);
    }
  }

  /** Adds the term's gradient by the weights of matrix l themselves, once a batch. */
  void addWeightGradient(int l, float[] gradient) {
    if (isOn()) {
      kernels.transposedMultiplyAdd(
          1,
          topology.size(l),
          topology.size(l + 1),
          byProduct(l),
          means[l],
          means[l + 1],
          gradient);
    }
  }

  /** Of the means' products: a batch's second presentation is counted where it is made. */
  long multiplyAccumulates() {
    long sum = 0;
    for (int l = 0; isOn() && l < topology.matrices(); l++) {
      sum += (l > 0 ? 3 : 2) * topology.synapses(l);
    }
    return sum;
  }
}
