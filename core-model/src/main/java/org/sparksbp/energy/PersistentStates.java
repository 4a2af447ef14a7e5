package org.sparksbp.energy;

import java.util.Arrays;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.SpikeBatch;

/**
 * The states of every training sample seen, {@code [N_1 + .. + N_L]} by sample id. Arrays are
 * replaced, never changed, and so is the map, whose versions share what they have in common: an
 * earlier {@link WorkerMemory} stays what it was, and a round costs what its samples cost, not what
 * all of the worker's cost.
 */
final class PersistentStates {

  private final LayerSizes sizes;
  private final int length;
  private HashPMap<String, float[]> states = HashTreePMap.empty();

  PersistentStates(LayerSizes sizes) {
    this.sizes = sizes;
    length = Math.toIntExact(sizes.hiddenNeurons() + sizes.outputs());
  }

  /** Where the batch's samples stood; 0 for those never seen. */
  void load(SpikeBatch batch, float[][] into) {
    for (int row = 0; row < batch.size(); row++) {
      float[] state = states.get(batch.samples().get(row).id());
      int at = 0;
      for (int l = 1; l <= sizes.matrices(); l++) {
        int offset = row * sizes.size(l);
        if (state == null) {
          Arrays.fill(into[l], offset, offset + sizes.size(l), 0f);
        } else {
          System.arraycopy(state, at, into[l], offset, sizes.size(l));
        }
        at += sizes.size(l);
      }
    }
  }

  void store(SpikeBatch batch, float[][] from) {
    for (int row = 0; row < batch.size(); row++) {
      float[] state = new float[length];
      int at = 0;
      for (int l = 1; l <= sizes.matrices(); l++) {
        System.arraycopy(from[l], row * sizes.size(l), state, at, sizes.size(l));
        at += sizes.size(l);
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
