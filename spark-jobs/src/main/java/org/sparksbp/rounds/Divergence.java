package org.sparksbp.rounds;

import java.io.Serializable;
import java.util.Optional;
import org.sparksbp.learner.FiniteNumbers;

/** What is no longer finite in a round that has diverged. */
public sealed interface Divergence extends Serializable {

  /**
   * A worker's outputs.
   *
   * @param worker its number, from 0
   * @param batch the first one whose outputs are not finite, in the worker's epoch, from 0
   */
  record Outputs(int worker, int batch) implements Divergence {
    @Override
    public String toString() {
      return "outputs of batch " + batch + " of worker " + worker;
    }
  }

  /** The parameters, averaged of outputs that all are finite. */
  record Parameters() implements Divergence {
    @Override
    public String toString() {
      return "averaged parameters";
    }
  }

  /** Checks averaged parameters. */
  static Optional<Divergence> ofParameters(float[] averaged) {
    return FiniteNumbers.areAll(averaged) ? Optional.empty() : Optional.of(new Parameters());
  }
}
