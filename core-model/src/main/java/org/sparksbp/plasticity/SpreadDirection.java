package org.sparksbp.plasticity;

/** Whose input synapses change more by what the neuron's own output synapses have changed. */
public enum SpreadDirection {
  /** As published: those of neurons whose output synapses change much. */
  UP,
  /** Those of neurons whose output synapses change little, by 1/(z + c); no other spread. */
  INVERSE
}
