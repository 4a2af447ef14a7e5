package org.sparksbp.spikingmlp;

import java.util.Arrays;
import java.util.List;
import org.sparksbp.kernel.Kernels;

/**
 * What the output neurons answer. Those that do not fire sum up their input current, neither its
 * logistic function nor less an inhibition, {@code v(t) = leak v(t-1) + I(t)}.
 */
enum Readout {
  /** The mean of their spikes over the steps. */
  RATE,
  /** Their mean potential. */
  MEAN_MEMBRANE,
  /** Their potential in the last step. */
  LAST_MEMBRANE,
  /** The mean logistic function of their potential, each step's learned by its cross-entropy. */
  MEAN_SIGMOID;

  /** Those that a user may choose; the other belongs to a rule. */
  static final List<Readout> CHOICES = List.of(RATE, MEAN_MEMBRANE, LAST_MEMBRANE);

  boolean fires() {
    return this == RATE;
  }

  /**
   * Writes the answer.
   *
   * @param trace of the output layer
   * @param answers receives {@code [outputs]} from {@code offset} on
   */
  void answer(LayerTrace trace, Kernels kernels, float[] answers, int offset) {
    int neurons = trace.neurons();
    int last = (trace.steps() - 1) * neurons;
    switch (this) {
      case RATE -> LayerTrace.mean(trace.steps(), neurons, trace.spikes(), answers, offset);
      case MEAN_MEMBRANE ->
          LayerTrace.mean(trace.steps(), neurons, trace.potentials(), answers, offset);
      case LAST_MEMBRANE -> System.arraycopy(trace.potentials(), last, answers, offset, neurons);
      case MEAN_SIGMOID -> {
        float[] drives = trace.drives();
        System.arraycopy(trace.potentials(), 0, drives, 0, drives.length);
        kernels.sigmoidInPlace(drives, 0, drives.length);
        LayerTrace.mean(trace.steps(), neurons, drives, answers, offset);
      }
    }
  }

  /**
   * The gradient of the loss by the potential in each step, as the answer alone depends on it; not
   * of those that fire.
   *
   * @param trace of the output layer, after {@link #answer}
   * @param byAnswer of the loss by the answers, {@code [outputs]}
   * @param target y, {@code [outputs]}
   * @param byPotential receives {@code [steps, outputs]}
   */
  void differentiate(
      LayerTrace trace, float[] byAnswer, float[] target, int batchSize, float[] byPotential) {
    int neurons = trace.neurons();
    int steps = trace.steps();
    Arrays.fill(byPotential, 0f);
    for (int step = this == LAST_MEMBRANE ? steps - 1 : 0; step < steps; step++) {
      for (int k = 0; k < neurons; k++) {
        int at = step * neurons + k;
        byPotential[at] =
            switch (this) {
              case LAST_MEMBRANE -> byAnswer[k];
              case MEAN_SIGMOID -> (trace.drives()[at] - target[k]) / (batchSize * neurons * steps);
              default -> byAnswer[k] / steps;
            };
      }
    }
  }
}
