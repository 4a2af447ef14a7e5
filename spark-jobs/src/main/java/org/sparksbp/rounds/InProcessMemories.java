package org.sparksbp.rounds;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sparksbp.learner.WorkerMemory;

/**
 * Memories of workers that run in the driver's process, where they cannot be lost alone: no copy of
 * them is made from one Spark job to the next.
 */
final class InProcessMemories {

  private static final Map<Key, WorkerMemory> KEPT = new ConcurrentHashMap<>();

  private record Key(String job, int worker) {}

  private InProcessMemories() {}

  /**
   * Keeps a memory until it is released.
   *
   * @param job what no other Spark job is called
   */
  static void keep(String job, int worker, WorkerMemory memory) {
    KEPT.put(new Key(job, worker), memory);
  }

  /** The memory that a job has left. */
  static WorkerMemory of(String job, int worker) {
    WorkerMemory memory = KEPT.get(new Key(job, worker));
    if (memory == null) {
      throw new IllegalStateException("Cannot go on: the memory of worker " + worker + " is lost");
    }
    return memory;
  }

  static void release(String job) {
    KEPT.keySet().removeIf(key -> key.job().equals(job));
  }
}
