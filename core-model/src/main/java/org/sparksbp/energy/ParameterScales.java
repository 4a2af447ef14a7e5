package org.sparksbp.energy;

import java.util.Arrays;

/**
 * Where the parameters start and how far a batch moves them, by rule.
 *
 * <p><b>{@code rescaled}.</b> For one hidden layer, theta = 1/2 and output leak 1 the energy with
 * self-backpropagation,
 *
 * <pre>
 * E = theta |s_1|^2 + 1/2 |s_2|^2 - 2 s_1 b_1 - s_2 b_2 - x W_0 s_1 - theta s_1 W_1 s_2
 * </pre>
 *
 * is the one without it at {@code W_1' = theta W_1, b_1' = 2 b_1}, other parameters as they are. By
 * the chain rule the primed ones take theta^2 and 2^2 times the others' steps: {@code Delta W_1' =
 * theta Delta W_1 = -theta^2 alpha_1 dE/dW_1'}. So the plain energy with these scales goes the way
 * of the other. With another theta the leak of s_1 is not 1/2, which no scale of a parameter mends.
 *
 * @param start factor of W_l's random start at index l, l = 0..L-1
 * @param weights step size of W_l at index l, l = 0..L-1
 * @param biases step size of b_l at index l, l = 1..L; index 0 unused
 * @param firstLearned l of the first matrix that learns, with b_{l+1}; those before stay
 */
record ParameterScales(float[] start, double[] weights, double[] biases, int firstLearned) {

  static ParameterScales of(EnergySettings settings) {
    int layers = settings.hidden().size() + 1;
    float[] start = new float[layers];
    Arrays.fill(start, 1f);
    double[] weights = new double[layers];
    double[] biases = new double[layers + 1];
    for (int l = 0; l < layers; l++) {
      weights[l] = settings.alpha(l);
      biases[l + 1] = settings.alpha(l);
    }
    if (settings.rule() == EnergyRule.RESCALED) {
      start[1] = settings.theta();
      weights[1] *= settings.theta() * settings.theta();
      biases[1] *= 4;
    }
    boolean frozen = settings.rule() == EnergyRule.FROZEN_HIDDEN;
    return new ParameterScales(start, weights, biases, frozen ? layers - 1 : 0);
  }
}
