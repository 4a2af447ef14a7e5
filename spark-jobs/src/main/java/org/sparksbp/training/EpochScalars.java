package org.sparksbp.training;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.learner.Work;

/**
 * The numbers of an epoch under the names that trackers of experiments show: all measures, the work
 * and the times, grouped by what stands before the slash.
 */
public final class EpochScalars {

  private EpochScalars() {}

  /** By name, such as {@code test/error}; what was not measured is not there. */
  public static SortedMap<String, Double> of(EpochReport epoch) {
    SortedMap<String, Double> scalars = new TreeMap<>();
    epoch.train().forEach((name, value) -> scalars.put("train/" + name, value));
    epoch.validation().forEach((name, value) -> scalars.put("validation/" + name, value));
    epoch.test().forEach((name, value) -> scalars.put("test/" + name, value));
    addWork(scalars, "train_work/", epoch.trainingWork());
    if (!epoch.test().isEmpty()) {
      addWork(scalars, "test_work/", epoch.testWork());
    }
    scalars.put("time/training_seconds", epoch.trainingSeconds());
    scalars.put("time/evaluation_seconds", epoch.evaluationSeconds());
    scalars.put("time/samples_per_second", epoch.samplesPerSecond());
    return scalars;
  }

  private static void addWork(Map<String, Double> scalars, String group, Work work) {
    scalars.put(group + "multiply_accumulates", (double) work.multiplyAccumulates());
    addKnown(scalars, group + "graded_multiply_accumulates", work.gradedMultiplyAccumulates());
    addKnown(
        scalars,
        group + "spiking_phase_multiply_accumulates",
        work.spikingPhaseMultiplyAccumulates());
    scalars.put(group + "synaptic_operations", (double) work.synapticOperations());
    scalars.put(group + "spikes", (double) work.spikes());
  }

  private static void addKnown(Map<String, Double> scalars, String name, long count) {
    if (count != Work.UNKNOWN) {
      scalars.put(name, (double) count);
    }
  }
}
