package org.sparksbp.training;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sparksbp.learner.WorkerMemory;

/**
 * Memories of workers that run in the driver's process, where they cannot be lost alone: no copy of
 * them is made from one Spark job to the next.
 */
final class HeldMemories {

  private static final Map<Key, WorkerMemory> HELD = new ConcurrentHashMap<>();

  private record Key(String stretch, int worker) {}

  private HeldMemories() {}

  /**
   * Keeps a memory until it is released.
   *
   * @param stretch the job that has left it
   */
  static void hold(String stretch, int worker, WorkerMemory memory) {
    HELD.put(new Key(stretch, worker), memory);
  }

  /** The memory that a job has left. */
  static WorkerMemory of(String stretch, int worker) {
    WorkerMemory memory = HELD.get(new Key(stretch, worker));
    if (memory == null) {
      throw new IllegalStateException("Cannot go on: the memory of worker " + worker + " is lost");
    }
    return memory;
  }

  static void release(String stretch) {
    HELD.keySet().removeIf(key -> key.stretch().equals(stretch));
  }
}
