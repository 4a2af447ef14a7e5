package org.sparksbp.spikingmlp;

/**
 * What stands in for the derivative of a spike by the membrane potential m; u is m minus the
 * threshold.
 */
enum Surrogate {
  /**
   * 1 where |u| &lt; 0.3, else 0 (Y. Wu, L. Deng, G. Li, J. Zhu, L. Shi, "Spatio-temporal
   * backpropagation for training high-performance spiking neural networks", Frontiers in
   * Neuroscience 12, 331, 2018; the width is that of the SBP study).
   */
  RECTANGULAR {
    @Override
    void derivative(float[] potential, int length, float threshold, float[] derivative) {
      for (int i = 0; i < length; i++) {
        float inside = (HALF_WIDTH - Math.abs(potential[i] - threshold)) * STEEP;
        derivative[i] = Math.min(1f, Math.max(0f, inside));
      }
    }
  },
  /**
   * Derivative of the logistic function at m itself, as in the SBP study, not at u (S. Wozniak, A.
   * Pantazi, T. Bohnstingl, E. Eleftheriou, "Deep learning incorporates biologically inspired
   * neural dynamics and in-memory computing", Nature Machine Intelligence 2, 325-336, 2020).
   */
  SIGMOID {
    @Override
    void derivative(float[] potential, int length, float threshold, float[] derivative) {
      for (int i = 0; i < length; i++) {
        float value = (float) (1 / (1 + Math.exp(-potential[i])));
        derivative[i] = value * (1 - value);
      }
    }
  },
  /**
   * 1 / (1 + 25 |u|)^2 (F. Zenke, S. Ganguli, "SuperSpike: supervised learning in multilayer
   * spiking neural networks", Neural Computation 30, 1514-1541, 2018; slope 25 is snnTorch's).
   */
  FAST_SIGMOID {
    @Override
    void derivative(float[] potential, int length, float threshold, float[] derivative) {
      for (int i = 0; i < length; i++) {
        float root = 1f / (1f + FAST_SIGMOID_SLOPE * Math.abs(potential[i] - threshold));
        derivative[i] = root * root;
      }
    }
  },
  /**
   * 1 / (1 + (pi u)^2), the derivative of arctan(pi u) / pi (W. Fang et al., "Incorporating
   * learnable membrane time constant to enhance learning of spiking neural networks", ICCV 2021;
   * SpikingJelly's ATan with its default alpha of 2).
   */
  ATAN {
    @Override
    void derivative(float[] potential, int length, float threshold, float[] derivative) {
      for (int i = 0; i < length; i++) {
        float scaled = PI * (potential[i] - threshold);
        derivative[i] = 1f / (1f + scaled * scaled);
      }
    }
  };

  static final float HALF_WIDTH = 0.3f;
  static final float FAST_SIGMOID_SLOPE = 25f;
  private static final float PI = (float) Math.PI;

  /** Turns a comparison into arithmetic that the compiler vectorises; NaN stays NaN. */
  private static final float STEEP = 1e30f;

  /**
   * Writes the derivative of {@code length} neurons.
   *
   * @param potential membrane potentials, from 0 on
   * @param threshold membrane potential above which a neuron fires
   * @param derivative receives the values, from 0 on
   */
  abstract void derivative(float[] potential, int length, float threshold, float[] derivative);
}
