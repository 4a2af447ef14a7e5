package org.sparksbp.cluster;

import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The GPU that a task computes on. */
public final class AssignedGpu {

  private AssignedGpu() {}

  /**
   * Address of the GPU that Spark has assigned to the task of this thread, of several the first. In
   * local mode, where Spark assigns none, one of this machine's is lent until the task ends.
   *
   * @return empty outside of a task, and where no GPUs were asked for
   */
  public static Optional<String> address() {
    TaskContext task = TaskContext.get();
    if (task == null) {
      return Optional.empty();
    }
    ResourceInformation assigned = task.resourcesJMap().get(GpuAmounts.RESOURCE);
    if (assigned != null && assigned.addresses().length > 0) {
      return Optional.of(assigned.addresses()[0]);
    }
    GpuAmounts amounts = GpuAmounts.of(SparkEnv.get().conf());
    return GpuAmounts.isLocal(SparkEnv.get().conf()) && amounts.areAssigned()
        ? Optional.of(LocalGpus.OF_THIS_PROCESS.lend(task, amounts.ofAnExecutor()))
        : Optional.empty();
  }
}
