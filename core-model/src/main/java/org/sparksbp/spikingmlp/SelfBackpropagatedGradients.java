package org.sparksbp.spikingmlp;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.random.RandomStream;

/**
 * Hidden gradients from local terms (T. Zhang et al., "Self-backpropagation of synaptic
 * modifications elevates the efficiency of spiking and artificial neural networks", Science
 * Advances 7(43), eabh0146, 2021). With G_l+1 the gradient of the matrix above, for the matrix l
 * between N_l and N_l+1 neurons:
 *
 * <pre>
 *   S   = 0.01 diag(rowsum |G_l+1|) / (N_l+1 N_l+2)
 *   G_l = (S R_l e^T a_l)^T + 0.01 H_l S
 * </pre>
 *
 * <p>e {@code [batch, K]} is target - output, a_l {@code [batch, N_l]} the spikes per step of layer
 * l, R_l {@code [N_l+1, K]} a fixed matrix of standard normal numbers, and H_l the sum of {@code
 * a(t)^T s(t) / B^2} over the last two steps less that over the first two. The study has one hidden
 * layer; in deeper networks the form is applied to every hidden matrix from the top down, each
 * taking its magnitude from the gradient just made for the matrix above it. Biases get no gradient,
 * those of the outputs neither.
 */
final class SelfBackpropagatedGradients implements CreditAssignment {

  private static final float MAGNITUDE = 0.01f;
  private static final float COINCIDENCE = 0.01f;
  private static final int WINDOW = 2;

  private final Topology topology;
  private final Kernels kernels;
  private final float[][] feedback;
  private final float[][] errorByInput;
  private final float[][] coincidence;
  private final float[] activity;
  private final float[] error;
  private final float[] windowSpikes;
  private final float[] windowInputs;
  private final float[] windowSum;
  private final int[] windowSteps;
  private final int window;
  private int batchSize;

  SelfBackpropagatedGradients(Topology topology, Kernels kernels, long seed) {
    this.topology = topology;
    this.kernels = kernels;
    this.window = Math.min(WINDOW, topology.steps());
    this.windowSteps = new int[2 * window];
    for (int row = 0; row < window; row++) {
      windowSteps[row] = row;
      windowSteps[window + row] = topology.steps() - window + row;
    }
    int hiddenMatrices = topology.matrices() - 1;
    this.feedback = new float[hiddenMatrices][];
    this.errorByInput = new float[hiddenMatrices][];
    this.coincidence = new float[hiddenMatrices][];
    this.error = new float[topology.outputs()];
    int widest = topology.size(0);
    for (int l = 0; l < hiddenMatrices; l++) {
      widest = Math.max(widest, topology.size(l + 1));
      feedback[l] = new float[topology.outputs() * topology.size(l + 1)];
      RandomStream random = RandomStream.of(seed, "self-backpropagation-feedback", l);
      for (int i = 0; i < feedback[l].length; i++) {
        feedback[l][i] = (float) random.nextGaussian();
      }
      errorByInput[l] = new float[topology.size(l) * topology.outputs()];
      coincidence[l] = new float[Math.toIntExact(topology.synapses(l))];
    }
    this.activity = new float[widest];
    this.windowSum = new float[widest];
    this.windowSpikes = new float[2 * WINDOW * widest];
    this.windowInputs = new float[2 * WINDOW * widest];
  }

  @Override
  public void begin(Connections connections, int size) {
    batchSize = size;
    for (int l = 0; l < coincidence.length; l++) {
      Arrays.fill(errorByInput[l], 0f);
      Arrays.fill(coincidence[l], 0f);
    }
  }

  @Override
  public void assign(
      ForwardPass forward, float[] target, float[] outputGradient, Connections gradient) {
    float toError = -0.5f * batchSize * error.length;
    for (int k = 0; k < error.length; k++) {
      error[k] = toError * outputGradient[k];
    }
    for (int l = 0; l < coincidence.length; l++) {
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
      int to = input.active()[row] * error.length;
      kernels.scaledAdd(error.length, input.rate(row), error, 0, errorByInput[0], to);
    }
    int neurons = topology.size(1);
    if (input.trainSteps() == 1) {
      sumWindows(neurons);
      input.transposedMultiplyAdd(kernels, neurons, windowSum, coincidence[0]);
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
        coincidence[0]);
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
    kernels.transposedMultiplyAdd(1, neurons, error.length, 1f, activity, error, errorByInput[l]);
    int last = pre.steps() - window;
    System.arraycopy(pre.spikes(), 0, windowInputs, 0, window * neurons);
    System.arraycopy(
        pre.spikes(), last * neurons, windowInputs, window * neurons, window * neurons);
    kernels.transposedMultiplyAdd(
        2 * window, neurons, topology.size(l + 1), 1f, windowInputs, windowSpikes, coincidence[l]);
  }

  @Override
  public void finish(Connections gradient) {
    for (int layer = 1; layer <= topology.matrices(); layer++) {
      Arrays.fill(gradient.biases(layer), 0f);
    }
    for (int l = coincidence.length - 1; l >= 0; l--) {
      int pre = topology.size(l);
      int post = topology.size(l + 1);
      float[] made = gradient.weights(l);
      float share = COINCIDENCE / ((float) batchSize * batchSize);
      for (int i = 0; i < made.length; i++) {
        made[i] = share * coincidence[l][i];
      }
      kernels.multiplyAdd(pre, error.length, post, errorByInput[l], feedback[l], made);
      magnitudes(gradient.weights(l + 1), post, topology.size(l + 2));
      for (int i = 0; i < pre; i++) {
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
      activity[j] = MAGNITUDE * sum / ((float) neurons * columns);
    }
  }

  @Override
  public long multiplyAccumulates(int size) {
    long sum = 0;
    for (int l = 0; l < coincidence.length; l++) {
      long outputs = topology.outputs();
      sum += size * (outputs * topology.size(l) + 2L * window * topology.synapses(l));
      sum += (outputs + 2) * topology.synapses(l) + topology.synapses(l + 1);
    }
    return sum;
  }
}
