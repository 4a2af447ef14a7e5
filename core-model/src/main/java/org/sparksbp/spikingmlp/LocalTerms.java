package org.sparksbp.spikingmlp;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;

/**
 * What the local terms of self-backpropagation have in common: for the matrix l between N_l and
 * N_l+1 neurons, summed up over a batch of B samples,
 *
 * <pre>
 *   M_l = a_l^T e R_l^T + 0.01 H_l
 * </pre>
 *
 * <p>with a_l {@code [B, N_l]} an activity of layer l, e {@code [B, K]} target - output, R_l {@code
 * [N_l+1, K]} a fixed random matrix and H_l a change of the coincidence of layers l and l + 1, over
 * B^2. A rule says which activity and which change it takes, and how a column of M_l, which belongs
 * to a neuron of layer l + 1, is scaled to become its gradient.
 */
final class LocalTerms {

  private static final float MAGNITUDE = 0.01f;
  private static final float COINCIDENCE = 0.01f;

  private final Topology topology;
  private final Kernels kernels;
  private final float[][] feedback;
  private final float[][] errorByInput;
  private final float[][] coincidence;
  private final float[] error;
  private int batchSize;

  /**
   * For the hidden matrices, of which there are as many as feedback matrices.
   *
   * @param feedback R_l^T, {@code [K, N_l+1]} for each
   */
  LocalTerms(Topology topology, Kernels kernels, float[][] feedback) {
    this.topology = topology;
    this.kernels = kernels;
    this.feedback = feedback;
    this.errorByInput = new float[feedback.length][];
    this.coincidence = new float[feedback.length][];
    this.error = new float[topology.outputs()];
    for (int l = 0; l < feedback.length; l++) {
      errorByInput[l] = new float[topology.size(l) * topology.outputs()];
      coincidence[l] = new float[Math.toIntExact(topology.synapses(l))];
    }
  }

  /** L - 1. */
  int matrices() {
    return feedback.length;
  }

  /** Before the first sample of a batch. */
  void begin(int size) {
    batchSize = size;
    for (int l = 0; l < feedback.length; l++) {
      Arrays.fill(errorByInput[l], 0f);
      Arrays.fill(coincidence[l], 0f);
    }
  }

  /** Takes a sample's error from the gradient of the loss by its outputs. */
  void takeError(float[] outputGradient) {
    float toError = -0.5f * batchSize * error.length;
    for (int k = 0; k < error.length; k++) {
      error[k] = toError * outputGradient[k];
    }
  }

  /** Adds a neuron's activity times the sample's error. */
  void addActivity(int matrix, int neuron, float activity) {
    kernels.scaledAdd(
        error.length, activity, error, 0, errorByInput[matrix], neuron * error.length);
  }

  /** Adds the activities of all neurons of layer l times the sample's error. */
  void addActivities(int matrix, float[] activity) {
    int neurons = topology.size(matrix);
    kernels.transposedMultiplyAdd(
        1, neurons, error.length, 1f, activity, error, errorByInput[matrix]);
  }

  /** B^2 H_l, to add to, {@code [N_l, N_l+1]}; not a copy. */
  float[] coincidence(int matrix) {
    return coincidence[matrix];
  }

  /** Sets M_l, {@code [N_l, N_l+1]}, of all samples since {@link #begin}. */
  void combine(int matrix, float[] made) {
    float share = COINCIDENCE / ((float) batchSize * batchSize);
    for (int i = 0; i < made.length; i++) {
      made[i] = share * coincidence[matrix][i];
    }
    kernels.multiplyAdd(
        topology.size(matrix),
        error.length,
        topology.size(matrix + 1),
        errorByInput[matrix],
        feedback[matrix],
        made);
  }

  /**
   * Diagonal of S: {@code 0.01 / (neurons columns)} times the sum of a neuron's magnitudes.
   *
   * @param sum over its synapses to the layer above, of {@code columns} neurons
   */
  static float magnitude(float sum, int neurons, int columns) {
    return MAGNITUDE * sum / ((float) neurons * columns);
  }

  /**
   * Of {@link #combine} for all hidden matrices and of the projected activities.
   *
   * @param coincidences products of one step each that a sample's change of coincidence takes
   */
  static long multiplyAccumulates(Topology topology, int size, int coincidences) {
    long sum = 0;
    for (int l = 0; l + 1 < topology.matrices(); l++) {
      long outputs = topology.outputs();
      sum += size * (outputs * topology.size(l) + coincidences * topology.synapses(l));
      sum += (outputs + 2) * topology.synapses(l);
    }
    return sum;
  }
}
