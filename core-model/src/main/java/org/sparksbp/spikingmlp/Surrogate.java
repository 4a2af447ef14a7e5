package org.sparksbp.spikingmlp;

/**
 * What stands in for the derivative of a spike by the membrane potential m; u is m minus the
 * threshold, w the width that a user sets or the usual one.
 */
enum Surrogate {
  /**
   * 1 where |u| &lt; w, else 0 (Y. Wu, L. Deng, G. Li, J. Zhu, L. Shi, "Spatio-temporal
   * backpropagation for training high-performance spiking neural networks", Frontiers in
   * Neuroscience 12, 331, 2018; 0.3 is that of the SBP study).
   */
  RECTANGULAR(0.3) {
    @Override
    void derivative(
        float[] potential, int length, float threshold, float width, float[] derivative) {
      for (int i = 0; i < length; i++) {
        float inside = (width - Math.abs(potential[i] - threshold)) * STEEP;
        derivative[i] = Math.min(1f, Math.max(0f, inside));
      }
    }
  },
  /**
   * Derivative of the logistic function at m / w itself, as in the SBP study, not at u (S. Wozniak,
   * A. Pantazi, T. Bohnstingl, E. Eleftheriou, "Deep learning incorporates biologically inspired
   * neural dynamics and in-memory computing", Nature Machine Intelligence 2, 325-336, 2020).
   */
  SIGMOID(1) {
    @Override
    void derivative(
        float[] potential, int length, float threshold, float width, float[] derivative) {
      float scale = 1f / width;
      for (int i = 0; i < length; i++) {
        float value = (float) (1 / (1 + StrictMath.exp(-scale * potential[i])));
        derivative[i] = value * (1 - value);
      }
    }
  },
  /**
   * 1 / (1 + |u| / w)^2 (F. Zenke, S. Ganguli, "SuperSpike: supervised learning in multilayer
   * spiking neural networks", Neural Computation 30, 1514-1541, 2018; 0.04 is snnTorch's slope of
   * 25).
   */
  FAST_SIGMOID(0.04) {
    @Override
    void derivative(
        float[] potential, int length, float threshold, float width, float[] derivative) {
      float slope = 1f / width;
      for (int i = 0; i < length; i++) {
        float root = 1f / (1f + slope * Math.abs(potential[i] - threshold));
        derivative[i] = root * root;
      }
    }
  },
  /**
   * 1 / (1 + (u / w)^2), the derivative of w arctan(u / w) (W. Fang et al., "Incorporating
   * learnable membrane time constant to enhance learning of spiking neural networks", ICCV 2021;
   * 1/pi is SpikingJelly's ATan with its default alpha of 2).
   */
  ATAN(1 / Math.PI) {
    @Override
    void derivative(
        float[] potential, int length, float threshold, float width, float[] derivative) {
      float scale = 1f / width;
      for (int i = 0; i < length; i++) {
        float scaled = scale * (potential[i] - threshold);
        derivative[i] = 1f / (1f + scaled * scaled);
      }
    }
  },
  /**
   * max(0, 1 - |u| / w) (S. K. Esser et al., "Convolutional networks for fast, energy-efficient
   * neuromorphic computing", PNAS 113, 11441-11446, 2016; 1 is SpikingJelly's PiecewiseQuadratic
   * with its default alpha of 1).
   */
  TRIANGULAR(1) {
    @Override
    void derivative(
        float[] potential, int length, float threshold, float width, float[] derivative) {
      float slope = 1f / width;
      for (int i = 0; i < length; i++) {
        derivative[i] = Math.max(0f, 1f - slope * Math.abs(potential[i] - threshold));
      }
    }
  };

  /** Turns a comparison into arithmetic that the compiler vectorises; NaN stays NaN. */
  private static final float STEEP = 1e30f;

  private final float usualWidth;

  Surrogate(double usualWidth) {
    this.usualWidth = (float) usualWidth;
  }

  /** The width w that it has where none is set, in units of the membrane potential. */
  float usualWidth() {
    return usualWidth;
  }

  /**
   * Writes the derivative of {@code length} neurons.
   *
   * @param potential membrane potentials, from 0 on
   * @param threshold membrane potential above which a neuron fires
   * @param width w, in units of the membrane potential
   * @param derivative receives the values, from 0 on
   */
  abstract void derivative(
      float[] potential, int length, float threshold, float width, float[] derivative);
}
