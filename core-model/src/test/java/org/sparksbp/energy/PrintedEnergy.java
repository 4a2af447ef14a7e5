package org.sparksbp.energy;

/**
 * The two energies of one sample, written term by term as the study prints them, in double
 * precision. Weights {@code [l][row][column]}, biases and states {@code [l][neuron]}, states 0
 * being the input; biases 0 are zeros.
 */
final class PrintedEnergy {

  private PrintedEnergy() {}

  static double withoutSelfBackpropagation(double[][][] w, double[][] b, double[][] s) {
    double energy = 0;
    for (int l = 0; l < s.length; l++) {
      energy += 0.5 * dot(s[l], s[l]) - dot(s[l], b[l]);
      if (l < w.length) {
        energy -= bilinear(s[l], w[l], s[l + 1]);
      }
    }
    return energy;
  }

  /** Plus signs throughout: the weights and biases are the negatives of the learner's. */
  static double withSelfBackpropagation(double[][][] w, double[][] b, double[][] s, double theta) {
    int last = w.length;
    double energy = 0;
    for (int l = 0; l < last - 1; l++) {
      energy += bilinear(s[l], w[l], s[l + 1]) + dot(s[l], s[l]);
      energy += theta * (bilinear(s[l + 1], w[l + 1], s[l + 2]) + dot(s[l + 1], s[l + 1]));
    }
    for (int l = 0; l < last; l++) {
      energy += dot(s[l], b[l]);
    }
    for (int l = 1; l <= last; l++) {
      energy += dot(s[l], b[l]);
    }
    return energy;
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double bilinear(double[] x, double[][] w, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * dot(w[i], y);
    }
    return sum;
  }
}
