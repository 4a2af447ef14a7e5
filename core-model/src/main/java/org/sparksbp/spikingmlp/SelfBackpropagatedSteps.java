package org.sparksbp.spikingmlp;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.random.RandomStream;

/**
 * Self-backpropagation as the authors' program has it (T. Zhang et al., "Self-backpropagation of
 * synaptic modifications elevates the efficiency of spiking and artificial neural networks",
 * Science Advances 7(43), eabh0146, 2021): in every update some steps give their exact term of
 * backpropagation through time, see {@link Backpropagation}, and every other step t a local one.
 * For the matrix l between N_l and N_l+1 neurons, with g_l+1(t) the gradient of the matrix above
 * from step t alone and M_l as {@link LocalTerms} has it:
 *
 * <pre>
 *   S_l(t)     = 0.01 diag(rowsum |g_l+1(t)|) / (N_l+1 N_l+2)
 *   local_l(t) = (S_l(t) R_l e^T x_T)^T + 0.01 H_l S_l(t) = M_l S_l(t)
 * </pre>
 *
 * <p>x_T {@code [batch, N_l]} is the activity of layer l in the last step, R_l uniform in
 * +-sqrt(6/K) for K outputs, and H_l the coincidence {@code x(t-1)^T s(t) / B^2} of the last two
 * steps less that of the first two, 0 if there is one step. As M_l is the same in all steps, so is
 * the sum of their local terms M_l times the sum of their S_l(t). The study has one hidden layer;
 * in deeper networks g_l+1(t) of a hidden matrix is the local term just made for it.
 */
final class SelfBackpropagatedSteps implements CreditAssignment {

  /** How the magnitudes S of a layer's neurons in a step are spread. */
  enum Spread {
    /** Each neuron has its own. */
    BY_NEURON,
    /** All have their mean. */
    FLAT
  }

  private final Topology topology;
  private final BackwardPass backward;
  private final Kernels kernels;
  private final Backpropagation exact;
  private final Spread spread;
  private final int[] localSteps;

  /** Before the second step and before the last one. */
  private final int[] stepsBefore;

  private final LocalTerms terms;

  /** g_L-1(t) of the output matrix for each local step. */
  private final OutputStepGradients outputGradients;

  /** M_l. */
  private final float[][] made;

  /** S_l(t) of the local steps, {@code [local steps, N_l+1]}. */
  private final float[][] magnitudes;

  private final float[] sums;
  private final float[] lastSpikes;
  private final float[] pairedInputs;
  private final float[] pairedSpikes;

  /**
   * @param exact gives the exact terms of the steps that have one
   * @param localSteps the other steps, from 0
   */
  SelfBackpropagatedSteps(
      Topology topology,
      BackwardPass backward,
      Kernels kernels,
      Backpropagation exact,
      int[] localSteps,
      Spread spread,
      long seed) {
    this.topology = topology;
    this.backward = backward;
    this.kernels = kernels;
    this.exact = exact;
    this.localSteps = localSteps;
    this.stepsBefore = new int[] {0, topology.steps() - 2};
    this.spread = spread;
    int hidden = topology.matrices() - 1;
    this.made = new float[hidden][];
    this.magnitudes = new float[hidden][];
    int widest = 0;
    for (int l = 0; l < hidden; l++) {
      int neurons = topology.size(l + 1);
      made[l] = new float[Math.toIntExact(topology.synapses(l))];
      magnitudes[l] = new float[localSteps.length * neurons];
      widest = Math.max(widest, neurons);
    }
    this.terms = new LocalTerms(topology, kernels, feedback(topology, seed));
    this.outputGradients =
        new OutputStepGradients(kernels, localSteps, topology.size(hidden), topology.outputs());
    this.sums = new float[widest];
    this.lastSpikes = new float[widest];
    this.pairedInputs = new float[2 * widest];
    this.pairedSpikes = new float[2 * widest];
  }

  /** R_l of every hidden matrix, {@code [K, N_l+1]}. */
  static float[][] feedback(Topology topology, long seed) {
    float[][] feedback = new float[topology.matrices() - 1][];
    for (int l = 0; l < feedback.length; l++) {
      feedback[l] = new float[topology.outputs() * topology.size(l + 1)];
      Connections.uniform(
          feedback[l],
          Math.sqrt(6.0 / topology.outputs()),
          RandomStream.of(seed, "self-backpropagation-feedback", l));
    }
    return feedback;
  }

  @Override
  public void begin(Connections connections, int size) {
    exact.begin(connections, size);
    terms.begin(size);
    outputGradients.begin();
  }

  @Override
  public void assign(
      ForwardPass forward, float[] target, float[] outputGradient, Connections gradient) {
    if (localSteps.length > 0) {
      takeSample(forward, outputGradient);
    }
    exact.assign(forward, target, outputGradient, gradient);
  }

  /** What the local terms are made of at the end of the batch. */
  private void takeSample(ForwardPass forward, float[] outputGradient) {
    outputGradients.take(
        forward.trace(topology.matrices() - 1), backward.currentGradients(topology.matrices()));
    terms.takeError(outputGradient);
    for (int l = 0; l < terms.matrices(); l++) {
      pairSpikes(forward.trace(l + 1));
      if (l == 0) {
        addInput(forward.input());
      } else {
        addHidden(forward.trace(l), l);
      }
    }
  }

  /** Spikes of the second step times -1, then of the last one; none if there is one step. */
  private void pairSpikes(LayerTrace post) {
    int neurons = post.neurons();
    int last = post.steps() - 1;
    for (int j = 0; last > 0 && j < neurons; j++) {
      pairedSpikes[j] = -post.spikes()[neurons + j];
      pairedSpikes[neurons + j] = post.spikes()[last * neurons + j];
    }
  }

  private void addInput(SpikeRaster input) {
    input.forEachChannelOfStep(topology.steps() - 1, channel -> terms.addActivity(0, channel, 1f));
    if (topology.steps() > 1) {
      input.transposedMultiplyAdd(
          kernels, stepsBefore, topology.size(1), pairedSpikes, terms.coincidence(0));
    }
  }

  private void addHidden(LayerTrace pre, int l) {
    int neurons = pre.neurons();
    int last = pre.steps() - 1;
    System.arraycopy(pre.spikes(), last * neurons, lastSpikes, 0, neurons);
    terms.addActivities(l, lastSpikes);
    if (last > 0) {
      System.arraycopy(pre.spikes(), 0, pairedInputs, 0, neurons);
      System.arraycopy(pre.spikes(), (last - 1) * neurons, pairedInputs, neurons, neurons);
      kernels.transposedMultiplyAdd(
          2, neurons, topology.size(l + 1), 1f, pairedInputs, pairedSpikes, terms.coincidence(l));
    }
  }

  @Override
  public void finish(Connections gradient) {
    exact.finish(gradient);
    for (int l = terms.matrices() - 1; l >= 0 && localSteps.length > 0; l--) {
      int neurons = topology.size(l + 1);
      for (int i = 0; i < localSteps.length; i++) {
        if (l == terms.matrices() - 1) {
          magnitudesOfOutputGradient(i, neurons);
        } else {
          magnitudesOfLocalTerm(l, i, neurons);
        }
      }
      terms.combine(l, made[l]);
      addLocalTerms(l, gradient.weights(l));
    }
  }

  private void magnitudesOfOutputGradient(int i, int neurons) {
    outputGradients.sumMagnitudes(i, sums);
    float[] ofSteps = magnitudes[terms.matrices() - 1];
    for (int j = 0; j < neurons; j++) {
      ofSteps[i * neurons + j] = LocalTerms.magnitude(sums[j], neurons, topology.outputs());
    }
    flatten(terms.matrices() - 1, i, neurons);
  }

  private void magnitudesOfLocalTerm(int l, int i, int neurons) {
    int columns = topology.size(l + 2);
    for (int j = 0; j < neurons; j++) {
      float sum = 0f;
      for (int k = 0; k < columns; k++) {
        sum += Math.abs(made[l + 1][j * columns + k] * magnitudes[l + 1][i * columns + k]);
      }
      magnitudes[l][i * neurons + j] = LocalTerms.magnitude(sum, neurons, columns);
    }
    flatten(l, i, neurons);
  }

  private void flatten(int l, int i, int neurons) {
    if (spread == Spread.FLAT) {
      float sum = 0f;
      for (int j = i * neurons; j < (i + 1) * neurons; j++) {
        sum += magnitudes[l][j];
      }
      Arrays.fill(magnitudes[l], i * neurons, (i + 1) * neurons, sum / neurons);
    }
  }

  private void addLocalTerms(int l, float[] gradient) {
    int neurons = topology.size(l + 1);
    float[] summed = new float[neurons];
    for (int i = 0; i < localSteps.length; i++) {
      kernels.scaledAdd(neurons, 1f, magnitudes[l], i * neurons, summed, 0);
    }
    for (int i = 0; i < gradient.length; i += neurons) {
      kernels.addProducts(neurons, made[l], summed, gradient, i);
    }
  }

  @Override
  public long multiplyAccumulates(int size) {
    return localMultiplyAccumulates(topology, localSteps.length, size)
        + exact.multiplyAccumulates(size);
  }

  /** What the local terms of a batch take. */
  static long localMultiplyAccumulates(Topology topology, int localSteps, int size) {
    if (localSteps == 0) {
      return 0;
    }
    int top = topology.matrices() - 1;
    long local = localSteps;
    long sum = local * topology.synapses(top) * (size + 1L);
    for (int l = 1; l < top; l++) {
      sum += local * topology.synapses(l);
    }
    int pairs = topology.steps() > 1 ? 2 : 0;
    return sum + LocalTerms.multiplyAccumulates(topology, size, pairs);
  }
}
