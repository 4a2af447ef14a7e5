package org.sparksbp.spikingmlp;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.random.RandomStream;

/**
 * Hidden gradients from local terms alone, for a whole update: an earlier reading of the study (T.
 * Zhang et al., Science Advances 7(43), eabh0146, 2021), which its authors' program does not have;
 * that is {@link SelfBackpropagatedSteps}. With G_l+1 the gradient of the matrix above and M_l as
 * {@link LocalTerms} has it, for the matrix l between N_l and N_l+1 neurons:
 *
 * <pre>
 *   S   = 0.01 diag(rowsum |G_l+1|) / (N_l+1 N_l+2)
 *   G_l = M_l S
 * </pre>
 *
 * <p>M_l takes the spikes per step of layer l, R_l of standard normal numbers, and as H_l the sum
 * of {@code a(t)^T s(t) / B^2} over the last two steps less that over the first two. In deeper
 * networks the form is applied to every hidden matrix from the top down, each taking its magnitude
 * from the gradient just made for the matrix above it.
 */
final class SelfBackpropagatedUpdates implements CreditAssignment {

  private static final int WINDOW = 2;

  private final Topology topology;
  private final Kernels kernels;
  private final LocalTerms terms;
  private final float[] activity;
  private final float[] windowSpikes;
  private final float[] windowInputs;
  private final float[] windowSum;
  private final int[] windowSteps;
  private final int window;

  SelfBackpropagatedUpdates(Topology topology, Kernels kernels, long seed) {
    this.topology = topology;
    this.kernels = kernels;
    this.window = Math.min(WINDOW, topology.steps());
    this.windowSteps = new int[2 * window];
    for (int row = 0; row < window; row++) {
      windowSteps[row] = row;
      windowSteps[window + row] = topology.steps() - window + row;
    }
    int widest = topology.size(0);
    for (int l = 0; l + 1 < topology.matrices(); l++) {
      widest = Math.max(widest, topology.size(l + 1));
    }
    this.terms = new LocalTerms(topology, kernels, feedback(topology, seed));
    this.activity = new float[widest];
    this.windowSum = new float[widest];
    this.windowSpikes = new float[2 * WINDOW * widest];
    this.windowInputs = new float[2 * WINDOW * widest];
  }

  /** R_l of every hidden matrix, {@code [K, N_l+1]}. */
  static float[][] feedback(Topology topology, long seed) {
    float[][] feedback = new float[topology.matrices() - 1][];
    for (int l = 0; l < feedback.length; l++) {
      feedback[l] = new float[topology.outputs() * topology.size(l + 1)];
      RandomStream random = RandomStream.of(seed, "self-backpropagation-feedback", l);
      for (int i = 0; i < feedback[l].length; i++) {
        feedback[l][i] = (float) random.nextGaussian();
      }
    }
    return feedback;
  }

  @Override
  public void begin(Connections connections, int size) {
    terms.begin(size);
  }

  @Override
  public void assign(
      ForwardPass forward, float[] target, float[] outputGradient, Connections gradient) {
    terms.takeError(outputGradient);
    for (int l = 0; l < terms.matrices(); l++) {
      signWindows(forward.trace(l + 1));
      if (l == 0) {
        addInput(forward.input());
      } else {
        addHidden(forward.trace(l), l);
      }
    }
  }

  /** Spikes of the first steps times -1, then of the last steps. */
  private void signWindows(LayerTrace post) {
    int neurons = post.neurons();
    int last = post.steps() - window;
    for (int row = 0; row < window; row++) {
      for (int j = 0; j < neurons; j++) {
        windowSpikes[row * neurons + j] = -post.spikes()[row * neurons + j];
        windowSpikes[(window + row) * neurons + j] = post.spikes()[(last + row) * neurons + j];
      }
    }
  }

  private void addInput(SpikeRaster input) {
    for (int row = 0; row < input.activeCount(); row++) {
      terms.addActivity(0, input.active()[row], input.rate(row));
    }
    int neurons = topology.size(1);
    if (input.trainSteps() == 1) {
      sumWindows(neurons);
      input.transposedMultiplyAdd(kernels, neurons, windowSum, terms.coincidence(0));
      return;
    }
    input.copySteps(windowSteps, windowInputs);
    kernels.multiplyAddToChosenRows(
        input.activeCount(),
        windowSteps.length,
        neurons,
        windowInputs,
        input.active(),
        windowSpikes,
        terms.coincidence(0));
  }

  private void sumWindows(int neurons) {
    Arrays.fill(windowSum, 0f);
    for (int row = 0; row < 2 * window; row++) {
      kernels.scaledAdd(neurons, 1f, windowSpikes, row * neurons, windowSum, 0);
    }
  }

  private void addHidden(LayerTrace pre, int l) {
    int neurons = pre.neurons();
    pre.rates(activity, 0);
    terms.addActivities(l, activity);
    int last = pre.steps() - window;
    System.arraycopy(pre.spikes(), 0, windowInputs, 0, window * neurons);
    System.arraycopy(
        pre.spikes(), last * neurons, windowInputs, window * neurons, window * neurons);
    kernels.transposedMultiplyAdd(
        2 * window,
        neurons,
        topology.size(l + 1),
        1f,
        windowInputs,
        windowSpikes,
        terms.coincidence(l));
  }

  @Override
  public void finish(Connections gradient) {
    for (int l = terms.matrices() - 1; l >= 0; l--) {
      int post = topology.size(l + 1);
      float[] made = gradient.weights(l);
      terms.combine(l, made);
      magnitudes(gradient.weights(l + 1), post, topology.size(l + 2));
      for (int i = 0; i < topology.size(l); i++) {
        for (int j = 0; j < post; j++) {
          made[i * post + j] *= activity[j];
        }
      }
    }
  }

  /** Diagonal of S, into {@link #activity}, which no sample needs any more. */
  private void magnitudes(float[] above, int neurons, int columns) {
    for (int j = 0; j < neurons; j++) {
      float sum = 0f;
      for (int k = 0; k < columns; k++) {
        sum += Math.abs(above[j * columns + k]);
      }
      activity[j] = LocalTerms.magnitude(sum, neurons, columns);
    }
  }

  @Override
  public long multiplyAccumulates(int size) {
    return multiplyAccumulates(topology, size);
  }

  /** What the local terms of a batch take. */
  static long multiplyAccumulates(Topology topology, int size) {
    int window = Math.min(WINDOW, topology.steps());
    long sum = LocalTerms.multiplyAccumulates(topology, size, 2 * window);
    for (int l = 0; l + 1 < topology.matrices(); l++) {
      sum += topology.synapses(l + 1);
    }
    return sum;
  }
}
