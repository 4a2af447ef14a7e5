package org.sparksbp.cost;

import org.sparksbp.learner.Work;

/**
 * Energy that work would take on hardware, from the energy of single operations.
 *
 * @param picojoulesPerMultiplyAccumulate energy of one 32-bit floating point multiply-accumulate,
 *     pJ
 * @param picojoulesPerAccumulate energy of one 32-bit floating point addition, pJ
 */
public record EnergyEstimate(
    double picojoulesPerMultiplyAccumulate, double picojoulesPerAccumulate) {

  /**
   * 45 nm CMOS at 0.9 V: 3.7 pJ a multiplication and 0.9 pJ an addition (M. Horowitz, "Computing's
   * energy problem", ISSCC 2014).
   */
  public static final EnergyEstimate CMOS_45_NM = new EnergyEstimate(4.6, 0.9);

  public EnergyEstimate {
    checkNotNegative("energy of a multiply-accumulate", picojoulesPerMultiplyAccumulate);
    checkNotNegative("energy of an accumulate", picojoulesPerAccumulate);
  }

  /** Joules if every product of the model's equations is a multiply-accumulate. */
  public double joulesOfProducts(Work work) {
    return work.multiplyAccumulates() * picojoulesPerMultiplyAccumulate * 1e-12;
  }

  /**
   * Joules on hardware driven by spikes: each spike an accumulate at every synapse it reaches, each
   * product of graded numbers a multiply-accumulate.
   *
   * @return NaN if it is unknown how many products are graded
   */
  public double joulesDrivenBySpikes(Work work) {
    if (work.gradedMultiplyAccumulates() == Work.UNKNOWN) {
      return Double.NaN;
    }
    return work.synapticOperations() * picojoulesPerAccumulate * 1e-12
        + work.gradedMultiplyAccumulates() * picojoulesPerMultiplyAccumulate * 1e-12;
  }

  private static void checkNotNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " pJ, must be at least 0");
    }
  }
}
