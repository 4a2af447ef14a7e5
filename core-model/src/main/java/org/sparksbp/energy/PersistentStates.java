package org.sparksbp.energy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.SpikeBatch;

/**
 * The states of every training sample seen, {@code [N_1 + .. + N_L]} by sample id.
 *
 * <p>What a {@link WorkerMemory} has been made of is never written to again: a sample's first
 * states after that go to an array of their own, which later ones overwrite until the next memory
 * is made. The shared map's versions have in common what they can, so a memory costs what the
 * samples since the one before it cost, not what all of the worker's cost.
 */
final class PersistentStates {

  private final LayerSizes sizes;
  private final int length;
  private HashPMap<String, float[]> shared = HashTreePMap.empty(); // with memories
  private final Map<String, float[]> own = new HashMap<>(); // stored since the last memory

  PersistentStates(LayerSizes sizes) {
    this.sizes = sizes;
    length = Math.toIntExact(sizes.hiddenNeurons() + sizes.outputs());
  }

  /** Where the batch's samples stood; 0 for those never seen. */
  void load(SpikeBatch batch, float[][] into) {
    for (int row = 0; row < batch.size(); row++) {
      String id = batch.samples().get(row).id();
      float[] state = own.get(id);
      state = state == null ? shared.get(id) : state;
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
      String id = batch.samples().get(row).id();
      float[] state = own.get(id);
      if (state == null) {
        state = new float[length];
        own.put(id, state);
      }
      int at = 0;
      for (int l = 1; l <= sizes.matrices(); l++) {
        System.arraycopy(from[l], row * sizes.size(l), state, at, sizes.size(l));
        at += sizes.size(l);
      }
    }
  }

  /** The states as they are now; shares all of them with what comes later, and copies none. */
  WorkerMemory toMemory() {
    shared = shared.plusAll(own);
    own.clear();
    return shared.isEmpty() ? WorkerMemory.EMPTY : new WorkerMemory(shared);
  }

  void restore(WorkerMemory memory) {
    own.clear();
    if (memory.entries() instanceof HashPMap<String, float[]> versions) {
      shared = versions;
      return;
    }
    memory.entries().forEach((id, state) -> checkLength(id, state, length));
    shared = HashTreePMap.from(memory.entries());
  }

  /** Complains of a sample's states that are not as many as this network has. */
  static void checkLength(String id, float[] state, int length) {
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
