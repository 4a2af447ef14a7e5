package org.sparksbp.spikingmlp;

/** Loss of a network's answers {@code [B, K]}. */
enum Loss {
  /** Mean over batch and outputs of the squared difference from the target. */
  MSE,
  /**
   * Mean over the batch of {@code -sum_k y_k log p_k}, p the softmax of the spike counts, which are
   * T times the answers, or of the membrane potentials.
   */
  CROSS_ENTROPY;

  /**
   * The gradient by one sample's answers.
   *
   * @param answers of the batch, those of the sample from {@code offset} on
   * @param target y, {@code [K]}
   * @param scale what an answer is multiplied by before the softmax
   * @param gradient receives {@code [K]}
   */
  void differentiate(
      float[] answers, int offset, float[] target, int batchSize, float scale, float[] gradient) {
    int outputs = gradient.length;
    if (this == MSE) {
      for (int k = 0; k < outputs; k++) {
        float excess = answers[offset + k] - target[k];
        gradient[k] = 2f * excess / (batchSize * outputs);
      }
      return;
    }
    float greatest = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < outputs; k++) {
      greatest = Math.max(greatest, scale * answers[offset + k]);
    }
    float sum = 0f;
    float taught = 0f;
    for (int k = 0; k < outputs; k++) {
      gradient[k] = (float) StrictMath.exp(scale * answers[offset + k] - greatest);
      sum += gradient[k];
      taught += target[k];
    }
    for (int k = 0; k < outputs; k++) {
      gradient[k] = scale * (taught * gradient[k] / sum - target[k]) / batchSize;
    }
  }
}
