package org.sparksbp.sweep;

import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A group of settings that is compared with others on the same points and seeds.
 *
 * @param name in the tables
 * @param settings by key
 */
public record Arm(String name, SortedMap<String, ConfigValue> settings) {

  /** The only arm of a sweep that names none. */
  static final Arm ONLY = new Arm("all", new TreeMap<>());

  public Arm {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }
}
