package org.sparksbp.snn;

import org.sparksbp.learner.WorkerMemory;

/** Checks the state that a network with {@code snn.state = carried} goes on from. */
final class CarriedState {

  private CarriedState() {}

  /**
   * Checks a worker's memory.
   *
   * @throws IllegalArgumentException if the network keeps none, or it is not that of such a network
   */
  static void check(NetworkDefinition network, WorkerMemory memory) {
    if (memory.isEmpty()) {
      return;
    }
    if (network.settings().state() != SnnSettings.State.CARRIED) {
      throw new IllegalArgumentException(
          "Cannot take over a worker memory: snn.state is fresh, this network keeps none");
    }
    int rows = -1;
    for (int l = 1; l <= network.matrices(); l++) {
      for (StateVariable variable : StateVariable.values()) {
        String name = variable.ofLayer(l);
        float[] values = memory.entries().get(name);
        int neurons = network.sizes()[l];
        if (values == null || values.length % neurons != 0) {
          throw new IllegalArgumentException(
              "Invalid worker memory: "
                  + name
                  + (values == null ? " is missing" : " does not hold rows of " + neurons));
        }
        if (rows >= 0 && rows != values.length / neurons) {
          throw new IllegalArgumentException(
              "Invalid worker memory: " + name + " has not " + rows + " rows");
        }
        rows = values.length / neurons;
      }
    }
  }
}
