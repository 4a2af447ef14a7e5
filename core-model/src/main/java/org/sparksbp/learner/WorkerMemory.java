package org.sparksbp.learner;

import java.util.Map;

/**
 * What a model keeps on a worker between batches and does not average: the persistent states of an
 * energy-based network by sample, the carried membrane potentials of a spiking network. Immutable:
 * a learner that changes an entry makes a new array, so a retried task finds its start unchanged.
 *
 * @param entries arrays by name (a sample's id, say); arrays are shared, never written to
 */
public record WorkerMemory(Map<String, float[]> entries) {

  public static final WorkerMemory EMPTY = new WorkerMemory(Map.of());

  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
