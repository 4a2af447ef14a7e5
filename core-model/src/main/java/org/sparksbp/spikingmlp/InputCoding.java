package org.sparksbp.spikingmlp;

/** What drives the first layer. */
enum InputCoding {
  /** The sample's own spike train; a train of one step is repeated in every step. */
  SPIKES,
  /** Spikes drawn in each step with the train's rates as probabilities. */
  BERNOULLI
}
