package org.sparksbp.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.report.Ranking.Ranked;

/**
 * The configuration of a sweep that compares arms, each at the best of its own points. Arms may
 * come from sweeps of their own; what all of them share stands once.
 */
final class ChosenComparison {

  private ChosenComparison() {}

  /**
   * The text of the file.
   *
   * @param ranked pairs of point and arm of one task, best first
   * @param name of the file, for the command in its head
   * @throws InvalidConfigurationException if there are fewer than two arms
   */
  static String of(List<Ranked> ranked, String name) {
    Map<String, Ranked> best = new LinkedHashMap<>();
    ranked.forEach(pair -> best.putIfAbsent(pair.arm(), pair));
    if (best.size() < 2) {
      throw new InvalidConfigurationException(
          "Invalid --compare " + name + ": a comparison needs two arms, not " + best.keySet());
    }
    SortedMap<String, SortedMap<String, String>> arms = new TreeMap<>();
    best.forEach((arm, pair) -> arms.put(arm, settings(pair)));
    SortedMap<String, String> shared = new TreeMap<>(arms.get(arms.firstKey()));
    arms.values().forEach(settings -> shared.entrySet().retainAll(settings.entrySet()));
    arms.values().forEach(settings -> settings.entrySet().removeAll(shared.entrySet()));

    StringBuilder text = new StringBuilder(head(best, name));
    text.append(ChosenConfiguration.lines("", shared)).append("\nsweep.arms {\n");
    arms.forEach(
        (arm, settings) ->
            text.append("  ")
                .append(arm)
                .append(" {\n")
                .append(ChosenConfiguration.lines("    ", settings))
                .append("  }\n"));
    return text.append("}\n").toString();
  }

  /** Task and model of an arm and what it changes, but for its seed: the comparison has its own. */
  private static SortedMap<String, String> settings(Ranked pair) {
    SortedMap<String, String> settings = ChosenConfiguration.changed(pair);
    settings.remove("seed");
    settings.put("task", pair.task());
    settings.put("model", pair.model());
    return settings;
  }

  private static String head(Map<String, Ranked> best, String name) {
    return "# Each arm at the best of its own points by the search's samples that are chosen by: "
        + best.values().stream()
            .map(pair -> pair.arm() + " at point " + pair.point() + " of sweep " + pair.sweep())
            .collect(Collectors.joining(", "))
        + ".\n# With seeds that the search has not seen, on all training samples:\n#   sbp sweep --config "
        + name
        + " --data DIR --output DIR --set sweep.seeds=[1,2,3,4,5] --set data.validation=0.0\n";
  }
}
