package org.sparksbp.spikingmlp;

/** How a hidden layer comes by its gradient; the output matrix always has its own by the loss. */
enum LearningRule {
  /** Backpropagation through time. */
  BP,
  /** {@link #BP} with all biases left at 0. */
  BP_WITHOUT_BIASES,
  /**
   * Exact terms from each step of {@code exact-every}, self-backpropagated ones from the others.
   */
  SBP,
  /** Ablation of {@link #SBP}: its exact steps, without the local terms. */
  SBP_STEPS_ONLY,
  /** Ablation of {@link #SBP}: local terms from all steps, no exact one. */
  SBP_LOCAL_ONLY,
  /** Ablation of {@link #SBP}: the local terms' magnitude is the same for all neurons. */
  FLAT,
  /** Control: hidden layers stay at their random start. */
  FROZEN_HIDDEN,
  /** Earlier reading of {@link #SBP}: local terms in whole updates, but one of {@code bp-every}. */
  SBP_UPDATES,
  /** Ablation of {@link #SBP_UPDATES}: no gradient where it would use its local terms. */
  BP_SKIPPED,
  /**
   * Reward propagation: the target through a fixed random matrix, in place of a spike's gradient.
   */
  BRP,
  /** Eligibility propagation: the output's error through a fixed random matrix. */
  E_PROP,
  /** The same traces, taught by the target through a fixed random matrix; a sigmoid readout. */
  NRR
}
