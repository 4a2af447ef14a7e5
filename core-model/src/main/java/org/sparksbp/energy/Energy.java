package org.sparksbp.energy;

import java.util.Arrays;

/**
 * The coefficients of a network's energy
 *
 * <pre>
 * E = sum_{l&gt;0} [ leak_l / 2 |s_l|^2 - drive_l s_l b_l ] - sum_{l&lt;L} coupling_l s_l W_l s_{l+1}
 * </pre>
 *
 * with states s_l in [0, 1], where the study's rho is the identity. Both energies of the study
 * (Zhang et al., Science Advances 7(43), eabh0146, 2021; Materials and Methods) have this form, up
 * to terms of the input alone.
 *
 * <p><b>Signs.</b> The study prints the energy with self-backpropagation with a plus before every
 * term, the one without it with a minus before weights and biases. Both signs mean the same
 * network: replacing W by -W and b by -b turns one into the other, states and learning included.
 * The weights here are those of the energy without self-backpropagation, so that in both a positive
 * weight excites; the printed energy's weights are their negatives.
 *
 * <p><b>Printed coefficients with self-backpropagation</b>, for L = 2: coupling 1 and theta, leak 2
 * theta for the hidden layer and 0 for the output, drive 2 and 1. An output without leak adds up
 * its input until it stands at 0 or 1. That trains, but unsteadily, hence the setting {@code
 * output-leak}, by default 1: how often the term 1/2 |s_L|^2 is added that the energy without
 * self-backpropagation has.
 *
 * @param leak of layer l = 1..L at index l; index 0 unused
 * @param drive of the biases of layer l = 1..L at index l; index 0 unused
 * @param coupling of W_l at index l, l = 0..L-1
 * @param feedback factor of the top-down drive in the state dynamics only; 1 but for weak feedback
 */
record Energy(float[] leak, float[] drive, float[] coupling, float feedback) {

  static Energy of(EnergySettings settings) {
    int layers = settings.hidden().size() + 1;
    return switch (settings.rule()) {
      case SBP, FROZEN_HIDDEN ->
          selfBackpropagating(layers, settings.theta(), settings.outputLeak());
      case PLAIN, RESCALED -> plain(layers, 1f);
      case WEAK_FEEDBACK -> plain(layers, settings.feedback());
    };
  }

  private static Energy plain(int layers, float feedback) {
    float[] ones = new float[layers + 1];
    Arrays.fill(ones, 1f);
    return new Energy(ones, ones.clone(), Arrays.copyOf(ones, layers), feedback);
  }

  /** Collects the printed sum over l = 0..L-2 term by term. */
  private static Energy selfBackpropagating(int layers, float theta, float outputLeak) {
    float[] leak = new float[layers + 1];
    float[] coupling = new float[layers];
    for (int layer = 0; layer < layers - 1; layer++) {
      coupling[layer] += 1f;
      leak[layer] += 2f;
      coupling[layer + 1] += theta;
      leak[layer + 1] += 2f * theta;
    }
    leak[layers] += outputLeak;
    float[] drive = new float[layers + 1];
    Arrays.fill(drive, 2f);
    drive[layers] = 1f;
    return new Energy(leak, drive, coupling, 1f);
  }
}
