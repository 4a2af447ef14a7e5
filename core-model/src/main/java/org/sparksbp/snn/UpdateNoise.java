package org.sparksbp.snn;

import org.sparksbp.random.RandomStream;

/** Multiplicative noise on the elements of a weight change. */
enum UpdateNoise {
  NONE {
    @Override
    double factor(RandomStream random, int epoch) {
      return 1;
    }
  },
  /** Times 1.01 u, u uniform in [0, 1). */
  UNIFORM {
    @Override
    double factor(RandomStream random, int epoch) {
      return 1.01 * random.nextFloat();
    }
  },
  /** Times 1 + 0.1 e^-1 / (epoch - 1)!, the Poisson probability of epoch - 1 events at rate 1. */
  POISSON {
    @Override
    double factor(RandomStream random, int epoch) {
      double probability = StrictMath.exp(-1);
      for (int k = 2; k < epoch; k++) {
        probability /= k;
      }
      return 1 + 0.1 * probability;
    }
  };

  private static final String PURPOSE = "update-noise";

  /**
   * The factor of one element.
   *
   * @param random drawn from once per element by {@link #UNIFORM}, untouched by the others
   * @param epoch from 1
   */
  abstract double factor(RandomStream random, int epoch);

  /** The stream that those of a batch's rows begin with: they add matrix and row to its place. */
  static RandomStream ofBatch(org.sparksbp.learner.BatchPosition position) {
    return position.random(PURPOSE);
  }

  /** One stream a row, so that rows without a change need no draws. */
  static RandomStream ofRow(org.sparksbp.learner.BatchPosition position, int matrix, int row) {
    return RandomStream.of(
        position.seed(),
        PURPOSE,
        position.epoch(),
        position.worker(),
        position.batch(),
        matrix,
        row);
  }
}
