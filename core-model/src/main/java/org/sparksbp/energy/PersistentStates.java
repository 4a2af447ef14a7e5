package org.sparksbp.energy;

import java.util.Arrays;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.SpikeBatch;

/**
 * The states of every training sample seen, {@code [N_1 + .. + N_L]} by sample id. Arrays are
 * replaced, never changed, and so is the map, whose versions share what they have in common: an
 * earlier {@link WorkerMemory} stays what it was, and a round costs what its samples cost, not what
 * all of the worker's cost.
 */
final class PersistentStates {

  private final int[] sizes;
  private final int length;
  private HashPMap<String, float[]> states = HashTreePMap.empty();

  /**
   * @param sizes N_0 .. N_L
   */
  PersistentStates(int[] sizes) {
    this.sizes = sizes.clone();
    int sum = 0;
    for (int l = 1; l < sizes.length; l++) {
      sum += sizes[l];
    }
    length = sum;
  }

  /** Where the batch's samples stood; 0 for those never seen. */
  void load(SpikeBatch batch, float[][] into) {
    for (int row = 0; row < batch.size(); row++) {
      float[] state = states.get(batch.samples().get(row).id());
      int at = 0;
      for (int l = 1; l < sizes.length; l++) {
        int offset = row * sizes[l];
        if (state == null) {
          Arrays.fill(into[l], offset, offset + sizes[l], 0f);
        } else {
          System.arraycopy(state, at, into[l], offset, sizes[l]);
        }
        at += sizes[l];
      }
    }
  }

  void store(SpikeBatch batch, float[][] from) {
    for (int row = 0; row < batch.size(); row++) {
      float[] state = new float[length];
      int at = 0;
      for (int l = 1; l < sizes.length; l++) {
        System.arraycopy(from[l], row * sizes[l], state, at, sizes[l]);
        at += sizes[l];
      }
      states = states.plus(batch.samples().get(row).id(), state);
    }
  }

  /** The states as they are now; shares all of them with what comes later, and copies none. */
  WorkerMemory toMemory() {
    return states.isEmpty() ? WorkerMemory.EMPTY : new WorkerMemory(states);
  }

  void restore(WorkerMemory memory) {
    if (memory.entries() instanceof HashPMap<String, float[]> own) {
      states = own;
      return;
    }
    memory.entries().forEach(this::checkLength);
    states = HashTreePMap.from(memory.entries());
  }

  private void checkLength(String id, float[] state) {
    if (state.length != length) {
      throw new IllegalArgumentException(
          "Invalid worker memory: "
              + state.length
              + " states of sample "
              + id
              + ", this network has "
              + length);
    }
  }
}
