package org.sparksbp.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
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

/**
 * The varied keys: those that conditions depend on first, else in alphabetical order, for a group
 * of a configuration has no order of its own.
 *
 * @param keys each once
 */
record Space(List<SpaceKey> keys) {

  private static final Set<String> FIELDS =
      Set.of("values", "from", "to", "scale", "steps", "when");

  Space {
    keys = List.copyOf(keys);
  }

  /**
   * Reads the group {@code sweep.space}.
   *
   * @throws InvalidConfigurationException naming the key whose domain makes no sense
   */
  static Space of(ConfigObject group) {
    SortedMap<String, SpaceKey> found = new TreeMap<>();
    collect("", group, found);
    return new Space(ordered(found));
  }

  private static void collect(String prefix, ConfigObject group, SortedMap<String, SpaceKey> into) {
    for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
      String key = prefix + ConfigUtil.joinPath(entry.getKey());
      ConfigValue value = entry.getValue();
      if (value instanceof ConfigList values) {
        into.put(key, new SpaceKey(key, listed(key, values), new TreeMap<>()));
      } else if (!(value instanceof ConfigObject inner)) {
        throw invalid(key, "a list of values or a range is needed, not " + SpaceKey.written(value));
      } else if (inner.containsKey("values") || inner.containsKey("from")) {
        into.put(key, spaceKey(key, inner));
      } else {
        collect(key + ".", inner, into);
      }
    }
  }

  private static SpaceKey spaceKey(String key, ConfigObject domain) {
    for (String field : domain.keySet()) {
      if (!FIELDS.contains(field)) {
        throw invalid(key, "there is no field " + field + ", known are " + FIELDS);
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
    return new SpaceKey(key, values, when);
  }

  private static Set<String> allowed(ConfigValue value) {
    return value instanceof ConfigList values
        ? values.stream().map(SpaceKey::written).collect(Collectors.toSet())
        : Set.of(SpaceKey.written(value));
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
    if (!(from <= to) || steps < 0) {
      throw invalid(key, "from must not be above to, and steps not negative");
    }
    if (!Set.of("linear", "log", "integer").contains(scale)) {
      throw invalid(key, "scale " + scale + ", known are linear, log and integer");
    }
    if (scale.equals("log") && !(from > 0)) {
      throw invalid(key, "a logarithmic range begins above 0, not at " + from);
    }
    if (scale.equals("integer") && (from != Math.rint(from) || to != Math.rint(to))) {
      throw invalid(key, "a range of whole numbers has whole bounds, not " + from + " and " + to);
    }
    return new Domain.Range(from, to, Domain.Scale.valueOf(scale.toUpperCase(Locale.ROOT)), steps);
  }

  private static List<SpaceKey> ordered(SortedMap<String, SpaceKey> found) {
    NavigableMap<String, SpaceKey> left = new TreeMap<>(found);
    List<SpaceKey> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      int before = ordered.size();
      for (Iterator<SpaceKey> all = left.values().iterator(); all.hasNext(); ) {
        SpaceKey key = all.next();
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
