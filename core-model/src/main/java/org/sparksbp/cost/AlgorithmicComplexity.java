package org.sparksbp.cost;

import org.sparksbp.learner.LayerSizes;

/**
 * Multiply-accumulates of one epoch per sample as the study counts them (Zhang et al., Science
 * Advances 7(43), eabh0146, 2021, Materials and Methods), for the networks and rules that there are
 * here.
 *
 * <p>The study gives formulas for one hidden layer of m inputs, n hidden and k output neurons; the
 * rows name them. With more layers, N_0..N_L, what stands for the hidden matrix or layer is summed
 * over all of them: mn is N_l N_{l+1} of every matrix but the last, nk and kn that of the last, n
 * and nn are N_l and N_l^2 of the hidden layers, and km, the projection of the target to the layer
 * before a hidden one, is N_L N_l.
 */
public enum AlgorithmicComplexity {
  /** Plasticity-trained spiking network, any rule that changes hidden layers: mn + nk + n. */
  SNN {
    @Override
    double hiddenLearning(LayerSizes sizes, int matrix, double share) {
      return sizes.size(matrix + 1);
    }

    @Override
    double outputLearning(LayerSizes sizes) {
      return 0;
    }
  },
  /** Energy-based network: mn + nk + kn + nm. */
  RBM {
    @Override
    double hiddenLearning(LayerSizes sizes, int matrix, double share) {
      return sizes.synapses(matrix);
    }
  },
  /** Any network trained by backpropagation (STBP, SNU): mn + nk + kn + nm. */
  BACKPROPAGATION {
    @Override
    double hiddenLearning(LayerSizes sizes, int matrix, double share) {
      return sizes.synapses(matrix);
    }
  },
  /**
   * Spiking perceptron with self-backpropagation and a share q of backpropagation: mn + nk + q kn +
   * (1-q) kn + q mn + (1-q) n.
   */
  SPIKING_MLP_SBP {
    @Override
    double hiddenLearning(LayerSizes sizes, int matrix, double share) {
      return share * sizes.synapses(matrix) + (1 - share) * sizes.size(matrix + 1);
    }
  },
  /**
   * Its ablations, which the study does not have: the same without the (1-q) n of the local terms.
   */
  SPIKING_MLP_WITHOUT_LOCAL_TERMS {
    @Override
    double hiddenLearning(LayerSizes sizes, int matrix, double share) {
      return share * sizes.synapses(matrix);
    }
  },
  /** Reward propagation: mn + nk + kn + km. */
  BRP {
    @Override
    double hiddenLearning(LayerSizes sizes, int matrix, double share) {
      return projection(sizes, matrix);
    }
  },
  /** e-prop: mn + nn + nk + kn + nn + km. */
  E_PROP {
    @Override
    double hiddenLearning(LayerSizes sizes, int matrix, double share) {
      double neurons = sizes.size(matrix + 1);
      return 2 * neurons * neurons + projection(sizes, matrix);
    }
  },
  /** e-prop without recurrent connections, both nn less. */
  E_PROP_FEED_FORWARD {
    @Override
    double hiddenLearning(LayerSizes sizes, int matrix, double share) {
      return projection(sizes, matrix);
    }
  };

  /**
   * Complexity of a rule without a share of backpropagation.
   *
   * @param sizes N_0..N_L
   */
  public double perEpoch(LayerSizes sizes) {
    return perEpoch(sizes, 1);
  }

  /**
   * Complexity per epoch and sample.
   *
   * @param sizes N_0..N_L
   * @param share q, of the steps or updates learned by backpropagation, 0 to 1; the study's is 0.1
   * @throws IllegalArgumentException if the share is outside 0 to 1
   */
  public double perEpoch(LayerSizes sizes, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "Invalid share of backpropagation: " + share + ", must be from 0 to 1");
    }
    int last = sizes.matrices() - 1;
    double sum = 0;
    for (int matrix = 0; matrix < last; matrix++) {
      sum += sizes.synapses(matrix) + hiddenLearning(sizes, matrix, share);
    }
    return sum + (sizes.synapses(last) + outputLearning(sizes));
  }

  /**
   * Complexity per epoch and sample of a control that the study does not have: hidden layers stay
   * as they are, so nothing is spent on their learning.
   *
   * @param sizes N_0..N_L
   */
  public double perEpochWithFrozenHidden(LayerSizes sizes) {
    return sizes.allSynapses() + outputLearning(sizes);
  }

  /** What learning takes beside the forward product of a matrix that leads to a hidden layer. */
  abstract double hiddenLearning(LayerSizes sizes, int matrix, double share);

  /** The same of the last matrix. */
  double outputLearning(LayerSizes sizes) {
    return sizes.synapses(sizes.matrices() - 1);
  }

  private static double projection(LayerSizes sizes, int matrix) {
    return (double) sizes.outputs() * sizes.size(matrix);
  }
}
