package org.sparksbp.sweep.plan;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.worker.MeasureSource;

/**
 * Prepared data of a task, to be read by any process.
 *
 * @param task its name
 * @param folder where it lies, with the file system in front
 * @param fingerprint identity of the data
 * @param measures the task's measures
 */
public record SweepData(String task, String folder, String fingerprint, MeasureSource measures)
    implements Serializable {

  /**
   * Data sets by task.
   *
   * @throws InvalidConfigurationException if two are of one task
   */
  public static SortedMap<String, SweepData> byTask(List<SweepData> dataSets) {
    SortedMap<String, SweepData> found = new TreeMap<>();
    for (SweepData data : dataSets) {
      if (found.put(data.task(), data) != null) {
        throw new InvalidConfigurationException(
            "Invalid data: two data sets are of the task " + data.task());
      }
    }
    return found;
  }
}
