package org.sparksbp.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
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

  public String task() {
    return configuration.getString("task");
  }

  int epochs() {
    return configuration.getInt("training.epochs");
  }

  /** The configuration as a text that can be sent. */
  String rendered() {
    return configuration.root().render(ConfigRenderOptions.concise());
  }
}
