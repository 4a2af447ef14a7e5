package org.sparksbp.plasticity;

import org.nd4j.linalg.api.ndarray.INDArray;

/** n(z): how the amounts that spread to neighbouring synapses are made comparable. */
public enum Normalisation {
  /** As published: z / sum(z), or z where the sum is 0. */
  SUM,
  /** z / mean(z), or z where the mean is 0: an average neuron's amount becomes 1. */
  MEAN,
  /** z itself. */
  NONE;

  /** n(z) as a new array of the same shape. */
  INDArray of(INDArray amounts) {
    double sum = amounts.sumNumber().doubleValue();
    return amounts.mul(factor(sum, amounts.length()));
  }

  /** The number that n multiplies each of {@code count} amounts of this sum by. */
  double factor(double sum, long count) {
    if (this == NONE || sum == 0) {
      return 1;
    }
    return this == SUM ? 1 / sum : count / sum;
  }
}
