package org.sparksbp.snn;

/** What a neuron keeps from step to step, and with carried state from batch to batch. */
enum StateVariable {
  /** v. */
  MEMBRANE("membrane"),
  /** g. */
  CONDUCTANCE("conductance"),
  /** h, the activity that the last homeostatic phase ended with. */
  HOMEOSTATIC("homeostatic");

  private final String prefix;

  StateVariable(String prefix) {
    this.prefix = prefix;
  }

  /** The name of a layer's array in a worker's memory, for example {@code membrane-1}. */
  String ofLayer(int layer) {
    return prefix + "-" + layer;
  }
}
