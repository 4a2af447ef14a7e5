package org.sparksbp.sweep.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.learner.CheckedSettings;

/**
 * The varied keys: those that conditions depend on first, else in alphabetical order, for a group
 * of a configuration has no order of its own.
 *
 * @param keys each once
 */
public record Space(List<Key> keys) {

  private static final Set<String> FIELDS =
      Set.of("values", "from", "to", "scale", "steps", "when");

  private static final List<String> SCALES = List.of("integer", "linear", "log", "log-integer");

  /**
   * A varied key.
   *
   * @param key full path
   * @param domain its values
   * @param when values, as they are written, that other keys must have for this one to be varied
   */
  record Key(String key, Domain domain, SortedMap<String, Set<String>> when) {

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

  public Space {
    keys = List.copyOf(keys);
  }

  /** The value as it would be written in a file. */
  public static String written(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  /**
   * Reads the group {@code sweep.space}.
   *
   * @throws InvalidConfigurationException naming the key whose domain makes no sense
   */
  static Space of(ConfigObject group) {
    SortedMap<String, Key> found = new TreeMap<>();
    collect("", group, found);
    return new Space(ordered(found));
  }

  private static void collect(String prefix, ConfigObject group, SortedMap<String, Key> into) {
    for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
      String key = prefix + ConfigUtil.joinPath(entry.getKey());
      ConfigValue value = entry.getValue();
      if (value instanceof ConfigList values) {
        into.put(key, new Key(key, listed(key, values), new TreeMap<>()));
      } else if (!(value instanceof ConfigObject inner)) {
        throw invalid(key, "a list of values or a range is needed, not " + written(value));
      } else if (inner.containsKey("values") || inner.containsKey("from")) {
        into.put(key, spaceKey(key, inner));
      } else {
        collect(key + ".", inner, into);
      }
    }
  }

  private static Key spaceKey(String key, ConfigObject domain) {
    for (String field : domain.keySet()) {
      if (!FIELDS.contains(field)) {
        List<String> fields = FIELDS.stream().sorted().toList();
        throw invalid(key, "field " + CheckedSettings.mustBeOneOf(field, fields));
      }
    }
    Config config = domain.toConfig();
    Domain values =
        config.hasPath("values") ? listed(key, config.getList("values")) : range(key, config);
    SortedMap<String, Set<String>> when = new TreeMap<>();
    if (config.hasPath("when")) {
      for (Map.Entry<String, ConfigValue> condition : config.getConfig("when").entrySet()) {
        when.put(condition.getKey(), allowed(condition.getValue()));
      }
    }
    return new Key(key, values, when);
  }

  private static Set<String> allowed(ConfigValue value) {
    return value instanceof ConfigList values
        ? values.stream().map(Space::written).collect(Collectors.toSet())
        : Set.of(written(value));
  }

  private static Domain listed(String key, ConfigList values) {
    if (values.isEmpty()) {
      throw invalid(key, "its list of values is empty");
    }
    return new Domain.Listed(values);
  }

  private static Domain range(String key, Config config) {
    double from = config.getDouble("from");
    double to = config.getDouble("to");
    String scale = config.hasPath("scale") ? config.getString("scale") : "linear";
    int steps = config.hasPath("steps") ? config.getInt("steps") : 0;
    if (!(from <= to) || !Double.isFinite(to - from) || steps < 0) {
      throw invalid(
          key, "from must not be above to, both finite and so their distance, steps not negative");
    }
    if (!SCALES.contains(scale)) {
      throw invalid(key, "scale " + CheckedSettings.mustBeOneOf(scale, SCALES));
    }
    if (scale.startsWith("log") && !(from > 0)) {
      throw invalid(key, "a logarithmic range begins above 0, not at " + from);
    }
    if (scale.endsWith("integer") && (from != Math.rint(from) || to != Math.rint(to))) {
      throw invalid(key, "a range of whole numbers has whole bounds, not " + from + " and " + to);
    }
    return new Domain.Range(from, to, scale(scale), steps);
  }

  private static Domain.Scale scale(String name) {
    return Domain.Scale.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static List<Key> ordered(SortedMap<String, Key> found) {
    NavigableMap<String, Key> left = new TreeMap<>(found);
    List<Key> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      int before = ordered.size();
      for (Iterator<Key> all = left.values().iterator(); all.hasNext(); ) {
        Key key = all.next();
        if (key.when().keySet().stream().noneMatch(left::containsKey)) {
          ordered.add(key);
          all.remove();
          break;
        }
      }
      if (ordered.size() == before) {
        throw invalid(left.firstKey(), "the conditions of " + left.keySet() + " go in a circle");
      }
    }
    return ordered;
  }

  static InvalidConfigurationException invalid(String key, String reason) {
    return new InvalidConfigurationException("Invalid sweep.space." + key + ": " + reason);
  }
}
