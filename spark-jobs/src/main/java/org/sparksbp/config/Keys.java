package org.sparksbp.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known keys with their default values, which settle their types. */
final class Keys {

  private static final Set<String> SWITCH_WORDS = Set.of("on", "off", "yes", "no", "true", "false");

  /** Keys that there were once, with what is said of them today. */
  private static final Map<String, String> FORMER_KEYS =
      Map.of(
          "rbm.sbp",
          " any more, write rule = plain for off, rule = sbp for on, or rule = weak-feedback for off"
              + " with an rbm.feedback",
          "sweep.portraits",
          ", did you mean sweep.snapshots?");

  private static final Pattern FRACTION = Pattern.compile("[.eE]");

  private final SortedMap<String, ConfigValue> defaults;

  /** The defaults that are written otherwise than their type is; thousands of runs have them. */
  private final Map<String, ConfigValue> rewrittenDefaults = new HashMap<>();

  /** Knows the keys of a configuration that has every key. */
  Keys(ConfigObject reference) {
    this.defaults = leaves(reference);
    defaults.forEach(
        (key, value) -> {
          ConfigValue typed = typed(value, value);
          if (!isWrittenAs(typed, value)) {
            rewrittenDefaults.put(key, typed);
          }
        });
  }

  /** All values that are not groups, by full path. */
  static SortedMap<String, ConfigValue> leaves(ConfigObject group) {
    SortedMap<String, ConfigValue> leaves = new TreeMap<>();
    collect("", group, leaves);
    return leaves;
  }

  private static void collect(
      String prefix, ConfigObject group, SortedMap<String, ConfigValue> into) {
    for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
      String key = prefix + ConfigUtil.joinPath(entry.getKey());
      if (entry.getValue() instanceof ConfigObject inner && !inner.isEmpty()) {
        collect(key + ".", inner, into);
      } else {
        into.put(key, entry.getValue());
      }
    }
  }

  /**
   * Checks settings, and gives every value the type of its default: {@code "1"} from an environment
   * variable, {@code 1} and {@code 1.0} are one value, and so are runs with them.
   *
   * @throws InvalidConfigurationException naming the first key that is not known or has a value of
   *     another kind
   */
  Config checked(Config settings) {
    SortedMap<String, ConfigValue> leaves = leaves(settings.root());
    leaves.forEach(this::check);
    Config typed = settings;
    for (Map.Entry<String, ConfigValue> leaf : leaves.entrySet()) {
      ConfigValue value = rewritten(leaf.getKey(), leaf.getValue());
      if (value != null) {
        typed = typed.withValue(leaf.getKey(), value);
      }
    }
    return typed;
  }

  /** A value in the type of its default, or null if it is written so. */
  private ConfigValue rewritten(String key, ConfigValue value) {
    ConfigValue known = defaults.get(key);
    if (known == null) {
      return null;
    }
    if (known == value) {
      return rewrittenDefaults.get(key);
    }
    ConfigValue typed = typed(known, value);
    return isWrittenAs(typed, value) ? null : typed;
  }

  private static boolean isWrittenAs(ConfigValue one, ConfigValue other) {
    return one.render(Origins.CONCISE).equals(other.render(Origins.CONCISE));
  }

  private static ConfigValue typed(ConfigValue known, ConfigValue value) {
    if (known instanceof ConfigList list && value instanceof ConfigList values) {
      return list.isEmpty()
          ? value
          : ConfigValueFactory.fromIterable(
                  values.stream().map(one -> typed(list.get(0), one)).toList())
              .withOrigin(value.origin());
    }
    if (known instanceof ConfigObject || known.valueType() == ConfigValueType.NULL) {
      return value;
    }
    String text = String.valueOf(value.unwrapped());
    Object typed = text;
    if (known.valueType() == ConfigValueType.BOOLEAN) {
      typed = List.of("on", "yes", "true").contains(text);
    } else if (isSwitch(known)) {
      typed = List.of("on", "yes", "true").contains(text) ? "on" : "off";
    } else if (known.valueType() == ConfigValueType.NUMBER) {
      typed = isWhole(known) ? whole(text) : Double.valueOf(text);
    }
    return ConfigValueFactory.fromAnyRef(typed).withOrigin(value.origin());
  }

  /** A whole number however it is written; one beyond 64 bits as it is, to be refused by others. */
  private static Object whole(String text) {
    try {
      return new BigDecimal(text.strip()).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return Double.valueOf(text);
    }
  }

  private static boolean isWhole(ConfigValue known) {
    return !FRACTION.matcher(known.atKey("default").getString("default")).find();
  }

  private void check(String key, ConfigValue value) {
    ConfigValue known = defaults.get(key);
    if (known == value || (known == null && isInOpenGroup(key))) {
      return;
    }
    if (known == null) {
      throw new InvalidConfigurationException(
          "Invalid key " + key + at(value) + ": there is none of this name" + hint(key));
    }
    String problem = problem(known, value);
    if (problem != null) {
      throw new InvalidConfigurationException(
          "Invalid " + key + at(value) + ": " + value.render(Origins.CONCISE) + " " + problem);
    }
  }

  /** A group whose default is {} takes any keys; its reader checks them. */
  private boolean isInOpenGroup(String key) {
    for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
      if (defaults.get(key.substring(0, dot)) instanceof ConfigObject) {
        return true;
      }
    }
    return false;
  }

  private String hint(String key) {
    if (FORMER_KEYS.containsKey(key)) {
      return FORMER_KEYS.get(key);
    }
    if (!defaults.tailMap(key + ".").isEmpty()
        && defaults.tailMap(key + ".").firstKey().startsWith(key + ".")) {
      return "; it is a group, with " + defaults.tailMap(key + ".").firstKey() + " in it";
    }
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return defaults.keySet().stream()
        .min(Comparator.comparingInt(known -> distance(distance, key, known)))
        .map(nearest -> ", did you mean " + nearest + "?")
        .orElse("");
  }

  /** A key whose group was left out is meant by its last name. */
  private static int distance(LevenshteinDistance distance, String key, String known) {
    int whole = distance.apply(key, known);
    if (key.contains(".")) {
      return whole;
    }
    return Math.min(whole, 1 + distance.apply(key, known.substring(known.lastIndexOf('.') + 1)));
  }

  private static String at(ConfigValue value) {
    return " (" + Origins.describe(value.origin()) + ")";
  }

  /** What is wrong with the value, or null. */
  private static String problem(ConfigValue known, ConfigValue value) {
    if (known.valueType() == ConfigValueType.NULL) {
      return null;
    }
    if (value.valueType() == ConfigValueType.NULL) {
      return "is no value; leave the key out to have its default";
    }
    if (known instanceof ConfigObject) {
      return value instanceof ConfigObject ? null : "is not a group; write { key = value }";
    }
    if (known instanceof ConfigList list) {
      if (!(value instanceof ConfigList values)) {
        return "is not a list; write [a, b]";
      }
      return list.isEmpty()
          ? null
          : values.stream()
              .map(element -> problem(list.get(0), element))
              .filter(java.util.Objects::nonNull)
              .findFirst()
              .map(problem -> "has an element that " + problem)
              .orElse(null);
    }
    if (value instanceof ConfigList || value instanceof ConfigObject) {
      return "is not a single value";
    }
    String text = String.valueOf(value.unwrapped());
    if (isSwitch(known)) {
      return SWITCH_WORDS.contains(text) ? null : "is neither on nor off";
    }
    if (known.valueType() == ConfigValueType.NUMBER) {
      // As it is written: a number that is too small has become 0.
      return numberProblem(known, value.atKey("value").getString("value"));
    }
    return null;
  }

  private static boolean isSwitch(ConfigValue known) {
    return known.valueType() == ConfigValueType.BOOLEAN
        || SWITCH_WORDS.contains(String.valueOf(known.unwrapped()));
  }

  /** Where the default is written as a whole number (10, not 10.0), no fraction is taken. */
  private static String numberProblem(ConfigValue known, String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        return "is not a finite number";
      }
      // Refuses 12d and 0x1p3, which are numbers to Java alone.
      BigDecimal written = new BigDecimal(text.strip());
      if (number == 0 && written.signum() != 0) {
        return "is too small to be told from 0";
      }
      return isWhole(known) && number != Math.rint(number) ? "is not a whole number" : null;
    } catch (NumberFormatException notANumber) {
      return "is not a number";
    }
  }
}
