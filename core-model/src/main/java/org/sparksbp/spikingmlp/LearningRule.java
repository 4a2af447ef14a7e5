package org.sparksbp.spikingmlp;

/** How a hidden layer comes by its gradient; the output matrix always has its own by the loss. */
enum LearningRule {
  /** Backpropagation through time. */
  BP,
  /** Self-backpropagated local terms, with backpropagation in one update of {@code bp-every}. */
  SBP,
  /** Ablation of {@link #SBP}: no gradient where SBP would use its local terms. */
  BP_SKIPPED,
  /** Reward propagation: the target through a fixed random matrix. */
  BRP,
  /** Eligibility propagation: the output's error through a fixed random matrix. */
  E_PROP
}
