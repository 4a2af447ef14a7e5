package org.sparksbp.cluster;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ExecutorAllocationClient;
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
    GpuAmounts gpus = GpuAmounts.of(spark.conf());
    SortedMap<String, Integer> slots = new TreeMap<>();
    for (ExecutorSummary executor : all(spark)) {
      int tasks = gpus.slots(gpusOf(executor), executor.totalCores() / coresOfATask);
      if (tasks > 0) {
        slots.put(executor.id(), tasks);
      }
    }
    return slots;
  }

  /** The same by the name that a stage's preferred places have. */
  public static SortedMap<String, Integer> slotsByPlace(SparkContext spark) {
    SortedMap<String, Integer> slots = slots(spark);
    SortedMap<String, Integer> places = new TreeMap<>();
    for (ExecutorSummary executor : all(spark)) {
      if (slots.containsKey(executor.id())) {
        // Without a port before its block manager has registered.
        String host = executor.hostPort().replaceFirst(":\\d+$", "");
        places.put("executor_" + host + "_" + executor.id(), slots.get(executor.id()));
      }
    }
    return places;
  }

  /** Cores that they have together, whether tasks can have all of them or not. */
  static int cores(SparkContext spark) {
    return all(spark).stream().mapToInt(ExecutorSummary::totalCores).sum();
  }

  /** GPUs that Spark has found on them together; none in local mode. */
  static int gpus(SparkContext spark) {
    return all(spark).stream().mapToInt(LiveExecutors::gpusOf).sum();
  }

  private static List<ExecutorSummary> all(SparkContext spark) {
    return JavaConverters.seqAsJavaListConverter(spark.statusStore().executorList(true))
        .asJava()
        .stream()
        .filter(executor -> executor.isActive() && !executor.isExcluded())
        .filter(executor -> isGivenTasks(spark, executor))
        .toList();
  }

  /** One that is decommissioned lives on, and gets no more tasks. */
  private static boolean isGivenTasks(SparkContext spark, ExecutorSummary executor) {
    return spark.isLocal()
        || !(spark.schedulerBackend() instanceof ExecutorAllocationClient client)
        || client.isExecutorActive(executor.id());
  }

  private static int gpusOf(ExecutorSummary executor) {
    return executor.resources().contains(GpuAmounts.RESOURCE)
        ? executor.resources().apply(GpuAmounts.RESOURCE).addresses().length
        : 0;
  }

  /**
   * Why a job cannot run whose tasks must all run at once.
   *
   * @param slots that there are, fewer than tasks
   */
  public static String tooFewSlots(SparkContext spark, int tasks, int slots) {
    double gpus = GpuAmounts.of(spark.conf()).ofATask();
    String have =
        gpus == 0
            ? " cores"
            : " slots, as each takes " + gpus + " GPUs (" + GpuAmounts.TASK_AMOUNT + ")";
    return tasks + " workers cannot run at once on " + slots + have;
  }

  /** Tasks that can run at once. */
  public static int allSlots(SparkContext spark) {
    return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
  }
}
