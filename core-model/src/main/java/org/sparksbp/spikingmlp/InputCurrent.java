package org.sparksbp.spikingmlp;

/** What a neuron takes of its input current. */
public enum InputCurrent {
  /** Its logistic function. */
  SIGMOID,
  /** All of it. */
  LINEAR
}
