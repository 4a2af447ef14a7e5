package org.sparksbp.cluster;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Lends the GPUs of this machine to tasks of local mode, always the one that the fewest have. More
 * tasks than GPUs share them.
 */
final class LocalGpus {

  static final LocalGpus OF_THIS_PROCESS = new LocalGpus();

  private final Map<Long, Integer> lent = new HashMap<>();

  /**
   * The number of the GPU that a task has until it ends, the same whenever it asks.
   *
   * @param gpus that there are
   */
  String lend(TaskContext task, int gpus) {
    long attempt = task.taskAttemptId();
    int number;
    synchronized (this) {
      if (lent.containsKey(attempt)) {
        return String.valueOf(lent.get(attempt));
      }
      number = leastLent(gpus);
      lent.put(attempt, number);
    }
    TaskCompletionListener back =
        ended -> {
          synchronized (this) {
            lent.remove(attempt);
          }
        };
    task.addTaskCompletionListener(back);
    return String.valueOf(number);
  }

  private int leastLent(int gpus) {
    return IntStream.range(0, gpus)
        .boxed()
        .min(Comparator.comparingInt(gpu -> Collections.frequency(lent.values(), gpu)))
        .orElseThrow();
  }
}
