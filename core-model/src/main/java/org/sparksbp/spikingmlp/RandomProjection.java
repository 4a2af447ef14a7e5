package org.sparksbp.spikingmlp;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spikingmlp.BackwardPass.ResetPath;

/**
 * The hidden layers' teaching signal comes from the outputs through fixed random matrices R_l
 * {@code [K, N_l]}, drawn like output weights, uniform in +-1/sqrt(N_l), and is the same in every
 * step.
 *
 * <p>Reward propagation ({@link Signal#TARGET}; T. Zhang, S. Jia, X. Cheng, B. Xu, "Tuning
 * convolutional spiking neural network with biologically plausible reward propagation", IEEE
 * Transactions on Neural Networks and Learning Systems 33, 7621-7631, 2022): in place of the
 * backpropagated gradient by the spikes of layer l stands the projected target,
 *
 * <pre>
 *   D_l(t) = 2 / (B K T) y R_l
 * </pre>
 *
 * <p>and each layer then learns through its own recursion in time, see {@link BackwardPass}: the
 * whole gradient of a hidden spike is replaced, so none goes through the reset either. The output
 * layer keeps its own.
 *
 * <p>e-prop ({@link Signal#ERROR}; G. Bellec et al., "A solution to the learning dilemma for
 * recurrent networks of spiking neurons", Nature Communications 11, 3625, 2020, equations 1-4 and
 * 13): with learning signal L and eligibility trace e of synapse i to j,
 *
 * <pre>
 *   L_j        = sum_k dE/doutput_k R_kj / T,      dE/doutput_k = 2 (output_k - y_k) / (B K)
 *   eps_ij(t)  = leak (1 - s_j(t-1)) eps_ij(t-1) + f'(u_j(t)) x_i(t)
 *   e_ij(t)    = p(m_j(t)) eps_ij(t)
 *   dE/dW_ij   = sum_t L_j e_ij(t)
 * </pre>
 *
 * <p>where x_i(t) is a spike of the layer below, or for a recurrent synapse the spike s_i(t-1). The
 * sum over t is taken with the recursion turned round, {@code A_j(t) = L_j p(m_j(t)) + leak (1 -
 * s_j(t)) A_j(t+1)} and {@code dE/dW_ij = sum_t A_j(t) f'(u_j(t)) x_i(t)}: the same number, without
 * a trace for each synapse. The learning signal is that of the whole presentation, as the loss is
 * of the mean output. No gradient passes through a reset or a recurrent synapse.
 *
 * <p>nrr has these traces with the target in place of the error, {@code L = 2 / (B K T) y R_l}
 * (direct random target projection: C. Frenkel, M. Lefebvre, D. Bol, "Learning without feedback",
 * Frontiers in Neuroscience 15, 629892, 2021), and a {@link Readout#MEAN_SIGMOID}.
 */
final class RandomProjection implements CreditAssignment {

  /** What is projected. */
  enum Signal {
    TARGET,
    ERROR
  }

  private final Topology topology;
  private final BackwardPass backward;
  private final Kernels kernels;
  private final Signal signal;
  private final float[][] projections;
  private final float[] source;
  private final float[][] teaching;
  private int batchSize;

  RandomProjection(
      Topology topology, BackwardPass backward, Kernels kernels, Signal signal, long seed) {
    this.topology = topology;
    this.backward = backward;
    this.kernels = kernels;
    this.signal = signal;
    this.projections = projections(topology, seed);
    this.teaching = new float[topology.matrices()][];
    this.source = new float[topology.outputs()];
    for (int layer = 1; layer < projections.length; layer++) {
      teaching[layer] = new float[topology.size(layer)];
    }
  }

  /** R_l of every hidden layer, {@code [K, N_l]}, layers from 1. */
  static float[][] projections(Topology topology, long seed) {
    float[][] projections = new float[topology.matrices()][];
    for (int layer = 1; layer < projections.length; layer++) {
      projections[layer] = new float[topology.outputs() * topology.size(layer)];
      Connections.uniform(
          projections[layer],
          1 / Math.sqrt(topology.size(layer)),
          RandomStream.of(seed, "random-projection", layer));
    }
    return projections;
  }

  @Override
  public void begin(Connections connections, int size) {
    batchSize = size;
  }

  @Override
  public void assign(
      ForwardPass forward, float[] target, float[] outputGradient, Connections gradient) {
    float toLoss = 2f / (batchSize * topology.outputs());
    for (int k = 0; k < source.length; k++) {
      source[k] = signal == Signal.TARGET ? toLoss * target[k] : outputGradient[k];
    }
    for (int layer = 1; layer < projections.length; layer++) {
      Arrays.fill(teaching[layer], 0f);
      kernels.multiplyAdd(
          1, source.length, topology.size(layer), source, projections[layer], teaching[layer]);
      backward.presentSpikeGradient(layer, teaching[layer], 1f / topology.steps());
      backward.throughTime(forward.trace(layer), layer, ResetPath.IGNORED);
      backward.addToGradient(forward, layer - 1, gradient);
    }
  }

  @Override
  public ResetPath outputResetPath() {
    return signal == Signal.TARGET ? ResetPath.DIFFERENTIATED : ResetPath.IGNORED;
  }

  @Override
  public long multiplyAccumulates(int size) {
    return multiplyAccumulates(topology, size);
  }

  /** What a batch takes. */
  static long multiplyAccumulates(Topology topology, int size) {
    long perSample = 0;
    for (int layer = 1; layer < topology.matrices(); layer++) {
      perSample +=
          topology.steps() * (topology.synapses(layer - 1) + topology.recurrentSynapses(layer))
              + (long) topology.outputs() * topology.size(layer);
    }
    return size * perSample;
  }
}
