package org.sparksbp.cluster;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

/** The executors that an application has at the moment; in local mode the driver is one. */
public final class LiveExecutors {

  private LiveExecutors() {}

  /**
   * Tasks that each executor can run at once, by its identifier; those without any are left out.
   */
  public static SortedMap<String, Integer> slots(SparkContext spark) {
    int coresOfATask = spark.conf().getInt("spark.task.cpus", 1);
    SortedMap<String, Integer> slots = new TreeMap<>();
    for (ExecutorSummary executor :
        JavaConverters.seqAsJavaListConverter(spark.statusStore().executorList(true)).asJava()) {
      int tasks = executor.totalCores() / coresOfATask;
      if (executor.isActive() && !executor.isExcluded() && tasks > 0) {
        slots.put(executor.id(), tasks);
      }
    }
    return slots;
  }

  /** Tasks that can run at once. */
  public static int allSlots(SparkContext spark) {
    return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
  }
}
