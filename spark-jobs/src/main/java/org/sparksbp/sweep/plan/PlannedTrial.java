package org.sparksbp.sweep.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training run of a sweep.
 *
 * @param number in the plan, from 0
 * @param point number of its combination of varied keys
 * @param arm name of its arm
 * @param seed of the run
 * @param parameters settings of point and arm by key
 * @param configuration of the run, resolved
 * @param id identity of the run, hexadecimal; trials that come to the same run share it
 */
public record PlannedTrial(
    int number,
    int point,
    String arm,
    long seed,
    SortedMap<String, ConfigValue> parameters,
    Config configuration,
    String id) {

  public PlannedTrial {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** The parameters as they would be written in a file. */
  public SortedMap<String, String> writtenParameters() {
    SortedMap<String, String> values = new TreeMap<>();
    parameters.forEach((key, value) -> values.put(key, Space.written(value)));
    return values;
  }

  public String task() {
    return configuration.getString("task");
  }

  public String model() {
    return configuration.getString("model");
  }

  public int epochs() {
    return configuration.getInt("training.epochs");
  }
}
