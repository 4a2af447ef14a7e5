package org.sparksbp.sweep;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * A varied key.
 *
 * @param key full path
 * @param domain its values
 * @param when values, as they are written, that other keys must have for this one to be varied
 */
public record SpaceKey(String key, Domain domain, SortedMap<String, Set<String>> when) {

  /** The value as it would be written in a file. */
  public static String written(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  /**
   * Whether the conditions hold.
   *
   * @param values of other keys, as they are written; a key that is not among them holds
   */
  boolean applies(Map<String, String> values) {
    return when.entrySet().stream()
        .allMatch(
            condition -> {
              String value = values.get(condition.getKey());
              return value == null || condition.getValue().contains(value);
            });
  }
}
