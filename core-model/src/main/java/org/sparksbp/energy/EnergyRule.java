package org.sparksbp.energy;

/** Which energy the states relax in. */
enum EnergyRule {
  /** With self-backpropagation. */
  SBP,
  /** Without it. */
  PLAIN,
  /**
   * An ablation: the energy without self-backpropagation, with the hidden layers' drive from above
   * counted {@code rbm.feedback} times, as self-backpropagation counts it theta times.
   */
  WEAK_FEEDBACK,
  /**
   * An ablation: the energy without self-backpropagation, with parameters scaled so that it is the
   * one with it in other variables, see {@link ParameterScales}.
   */
  RESCALED,
  /** Control: as {@link #SBP}, but all before the last matrix stays at its random start. */
  FROZEN_HIDDEN
}
