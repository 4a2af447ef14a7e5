package org.sparksbp.spikingmlp;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;

/**
 * How large the gradient of the output matrix from each of some steps alone is, neuron by neuron,
 * summed over a batch. Of a batch that is kept whole no gradient is ever written to memory.
 */
final class OutputStepGradients {

  /** Samples that are added at a time. */
  private static final int MOST_KEPT = 16;

  private final Kernels kernels;
  private final int[] steps;
  private final int neurons;
  private final int outputs;

  /** Spikes of the neurons, {@code [steps, MOST_KEPT, neurons]}. */
  private final float[] keptSpikes;

  /** Gradients by the outputs' currents, {@code [steps, MOST_KEPT, outputs]}. */
  private final float[] keptDeltas;

  /** Of an output and all neurons. */
  private final float[] row;

  private int kept;

  /**
   * Of the samples that are kept no more, {@code [steps, outputs, neurons]}: along the neurons, of
   * which there are many. Null until a batch is too large to be kept.
   */
  private float[] added;

  private boolean hasAdded;

  /**
   * @param steps from 0
   * @param neurons of the last hidden layer
   */
  OutputStepGradients(Kernels kernels, int[] steps, int neurons, int outputs) {
    this.kernels = kernels;
    this.steps = steps;
    this.neurons = neurons;
    this.outputs = outputs;
    this.keptSpikes = new float[Math.multiplyExact(steps.length * MOST_KEPT, neurons)];
    this.keptDeltas = new float[Math.multiplyExact(steps.length * MOST_KEPT, outputs)];
    this.row = new float[neurons];
  }

  /** Before the first sample of a batch. */
  void begin() {
    kept = 0;
    hasAdded = false;
  }

  /**
   * Takes a sample.
   *
   * @param hidden the last hidden layer's spikes
   * @param byCurrent the loss by the outputs' currents, {@code [all steps, outputs]}
   */
  void take(LayerTrace hidden, float[] byCurrent) {
    if (kept == MOST_KEPT) {
      addKept();
    }
    for (int i = 0; i < steps.length; i++) {
      int at = i * MOST_KEPT + kept;
      System.arraycopy(hidden.spikes(), steps[i] * neurons, keptSpikes, at * neurons, neurons);
      System.arraycopy(byCurrent, steps[i] * outputs, keptDeltas, at * outputs, outputs);
    }
    kept++;
  }

  private void addKept() {
    if (added == null) {
      added = new float[Math.multiplyExact(steps.length * outputs, neurons)];
    } else if (!hasAdded) {
      Arrays.fill(added, 0f);
    }
    hasAdded = true;
    for (int i = 0; i < steps.length; i++) {
      for (int k = 0; k < outputs; k++) {
        addKept(i, k, added, (i * outputs + k) * neurons);
      }
    }
    kept = 0;
  }

  /** Sample by sample: the row stays in the nearest cache until all have been added to it. */
  private void addKept(int i, int output, float[] to, int offset) {
    for (int at = i * MOST_KEPT; at < i * MOST_KEPT + kept; at++) {
      float delta = keptDeltas[at * outputs + output];
      if (delta != 0f) {
        kernels.scaledAdd(neurons, delta, keptSpikes, at * neurons, to, offset);
      }
    }
  }

  /**
   * Sums up the magnitudes of each neuron's synapses after the last sample of a batch.
   *
   * @param i number of the step among those given
   * @param sums set, {@code [neurons]} or longer
   */
  void sumMagnitudes(int i, float[] sums) {
    Arrays.fill(sums, 0, neurons, 0f);
    for (int k = 0; k < outputs; k++) {
      if (hasAdded) {
        System.arraycopy(added, (i * outputs + k) * neurons, row, 0, neurons);
      } else {
        Arrays.fill(row, 0f);
      }
      addKept(i, k, row, 0);
      kernels.addMagnitudes(neurons, row, 0, sums);
    }
  }
}
