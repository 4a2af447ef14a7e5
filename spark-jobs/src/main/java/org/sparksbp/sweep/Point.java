package org.sparksbp.sweep;

import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A combination of varied keys.
 *
 * @param number in the plan, from 0
 * @param values by key
 */
record Point(int number, SortedMap<String, ConfigValue> values) {
  Point {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }
}
