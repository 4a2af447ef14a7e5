package org.sparksbp.sweep.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A training run of a sweep.
 *
 * @param number in the plan, from 0
 * @param point number of its combination of varied keys
 * @param arm name of its arm
 * @param seed of the run
 * @param parameters settings of point and arm by key
 * @param facts what the configuration comes to
 * @param source makes the configuration again, for a plan holds none
 */
public record PlannedTrial(
    int number,
    int point,
    String arm,
    long seed,
    SortedMap<String, ConfigValue> parameters,
    Facts facts,
    Supplier<Config> source) {

  /**
   * The little of a trial's configuration that a plan holds.
   *
   * @param id identity of the run, hexadecimal; trials that come to the same run share it
   * @param task its name
   * @param model its name
   * @param epochs that it has at most
   */
  record Facts(String id, String task, String model, int epochs) {

    static Facts of(Config configuration, String id) {
      return new Facts(
          id,
          configuration.getString("task"),
          configuration.getString("model"),
          configuration.getInt("training.epochs"));
    }
  }

  public PlannedTrial {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** The parameters as they would be written in a file. */
  public SortedMap<String, String> writtenParameters() {
    SortedMap<String, String> values = new TreeMap<>();
    parameters.forEach((key, value) -> values.put(key, Space.written(value)));
    return values;
  }

  /** Identity of the run, hexadecimal; trials that come to the same run share it. */
  public String id() {
    return facts.id();
  }

  /** Of the run, resolved. */
  public Config configuration() {
    return source.get();
  }

  public String task() {
    return facts.task();
  }

  public String model() {
    return facts.model();
  }

  public int epochs() {
    return facts.epochs();
  }
}
