package org.sparksbp.cost;

import java.util.List;

/**
 * Algorithmic complexity per epoch and sample as the study counts it (Zhang et al., Science
 * Advances 7(43), eabh0146, 2021).
 *
 * <p>The study gives formulas for one hidden layer of m inputs, n hidden and k output neurons. They
 * are generalised to layer sizes N_0..N_L so that L = 2 gives the printed row:
 *
 * <ul>
 *   <li>mn + nk, the forward products, becomes F = sum of N_l N_{l+1} over l = 0..L-1;
 *   <li>kn + nm, the products of backpropagation, becomes F;
 *   <li>n, one operation for each hidden neuron, becomes H = sum of N_l over l = 1..L-1;
 *   <li>nn, recurrent products, becomes R = sum of N_l^2 over the hidden layers;
 *   <li>km, the projection of the target to the hidden side, becomes, as printed, N_L N_0; kn
 *       becomes N_L H;
 *   <li>in the row of the S-MLP with self-backpropagation the full backpropagation keeps its share
 *       q of F, and the local step costs (1 - q)(B + H), with B = sum of N_l N_{l+1} over l =
 *       1..L-1.
 * </ul>
 */
public enum AlgorithmicComplexity {
  /** Plasticity-trained SNN, SBP or STDP: mn + nk + n. */
  SNN("snn") {
    @Override
    double count(Sums sums, double share) {
      return sums.forward + sums.hidden;
    }
  },
  /** Symmetric STDP in the comparison with other rules ("BBT"): mn + nk + n + m. */
  BBT("bbt") {
    @Override
    double count(Sums sums, double share) {
      return sums.forward + sums.hidden + sums.inputs;
    }
  },
  /** S-MLP and other networks by backpropagation (STBP, SNU): mn + nk + kn + nm. */
  BACKPROPAGATION("bp") {
    @Override
    double count(Sums sums, double share) {
      return 2 * sums.forward;
    }
  },
  /** Energy-based network: mn + nk + kn + nm. */
  RBM("rbm") {
    @Override
    double count(Sums sums, double share) {
      return 2 * sums.forward;
    }
  },
  /**
   * S-MLP with self-backpropagation, share q of backpropagation: mn + nk + q kn + (1-q) kn + q mn +
   * (1-q) n.
   */
  SPIKING_MLP_SBP("spiking-mlp-sbp") {
    @Override
    double count(Sums sums, double share) {
      return sums.forward + share * sums.forward + (1 - share) * (sums.behindInput + sums.hidden);
    }
  },
  /** Reward propagation: mn + nk + kn + km. */
  BRP("brp") {
    @Override
    double count(Sums sums, double share) {
      return sums.forward + sums.outputs * sums.hidden + sums.outputs * sums.inputs;
    }
  },
  /** e-prop: mn + nn + nk + kn + nn + km. */
  E_PROP("e-prop") {
    @Override
    double count(Sums sums, double share) {
      return recurrent(sums);
    }
  },
  /** NRR: mn + nn + nk + kn + nn + km. */
  NRR("nrr") {
    @Override
    double count(Sums sums, double share) {
      return recurrent(sums);
    }
  },
  /** Diehl and Cook: mn + nk. */
  DIEHL_COOK("diehl-cook") {
    @Override
    double count(Sums sums, double share) {
      return sums.forward;
    }
  },
  /** Self-organising map: mn + nk. */
  SOM("som") {
    @Override
    double count(Sums sums, double share) {
      return sums.forward;
    }
  };

  /** Share of backpropagation in the study's S-MLP with self-backpropagation, one update in ten. */
  public static final double STUDY_SHARE = 0.1;

  private final String key;

  AlgorithmicComplexity(String key) {
    this.key = key;
  }

  /** The name in configurations and reports. */
  public String key() {
    return key;
  }

  /**
   * The row of a name.
   *
   * @throws IllegalArgumentException naming the known rows, if there is none
   */
  public static AlgorithmicComplexity named(String key) {
    List<AlgorithmicComplexity> rows = List.of(values());
    return rows.stream()
        .filter(row -> row.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid complexity row: "
                        + key
                        + ", known are "
                        + rows.stream().map(AlgorithmicComplexity::key).toList()));
  }

  /**
   * The row of a configured model and rule.
   *
   * @param model value of the key {@code model}
   * @param rule value of the key {@code rule}; looked at for {@code spiking-mlp} only
   * @throws IllegalArgumentException if the table has no row for it
   */
  public static AlgorithmicComplexity of(String model, String rule) {
    return switch (model) {
      case "snn" -> SNN;
      case "rbm" -> RBM;
      case "bp-ann" -> BACKPROPAGATION;
      case "spiking-mlp" ->
          switch (rule) {
            case "bp" -> BACKPROPAGATION;
            case "sbp", "bp-skipped" -> SPIKING_MLP_SBP;
            default -> named(rule);
          };
      default -> named(model);
    };
  }

  /**
   * Complexity with the study's share of backpropagation.
   *
   * @param sizes N_0..N_L
   */
  public double perEpoch(List<Integer> sizes) {
    return perEpoch(sizes, STUDY_SHARE);
  }

  /**
   * Complexity per epoch and sample.
   *
   * @param sizes N_0..N_L
   * @param share q, of the updates that are made by backpropagation, 0 to 1; only {@link
   *     #SPIKING_MLP_SBP} depends on it
   * @throws IllegalArgumentException if there are fewer than two layers, a size below 1 or a share
   *     outside 0 to 1
   */
  public double perEpoch(List<Integer> sizes, double share) {
    if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "Invalid layer sizes: " + sizes + ", at least an input and an output layer of 1 neuron");
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "Invalid share of backpropagation: " + share + ", must be from 0 to 1");
    }
    return count(Sums.of(sizes), share);
  }

  abstract double count(Sums sums, double share);

  private static double recurrent(Sums sums) {
    return sums.forward
        + 2 * sums.hiddenSquares
        + sums.outputs * sums.hidden
        + sums.outputs * sums.inputs;
  }

  /** What the rows are put together from, see the class comment. */
  record Sums(
      double inputs,
      double outputs,
      double forward,
      double behindInput,
      double hidden,
      double hiddenSquares) {

    static Sums of(List<Integer> sizes) {
      double forward = 0;
      double hidden = 0;
      double hiddenSquares = 0;
      int last = sizes.size() - 1;
      for (int l = 0; l < last; l++) {
        forward += (double) sizes.get(l) * sizes.get(l + 1);
        if (l > 0) {
          hidden += sizes.get(l);
          hiddenSquares += (double) sizes.get(l) * sizes.get(l);
        }
      }
      double first = (double) sizes.get(0) * sizes.get(1);
      return new Sums(
          sizes.get(0), sizes.get(last), forward, forward - first, hidden, hiddenSquares);
    }
  }
}
