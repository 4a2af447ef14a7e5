package org.sparksbp.cli;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.report.Ranking.Ranked;

/**
 * The configuration file of a point and arm of a sweep: a run with it is the trial of the first
 * seed. It has what differs from the defaults of task and model.
 */
final class ChosenConfiguration {

  /** No part of a run. */
  private static final List<String> LEFT_OUT =
      List.of("sweep.", "checkpoint.", "averaging.transport", "averaging.levels");

  private ChosenConfiguration() {}

  /**
   * The text of the file.
   *
   * @param name of the file, for the commands in its head
   */
  static String of(Ranked chosen, String name) {
    StringBuilder text = new StringBuilder(head(chosen, name));
    text.append("task = ").append(chosen.task()).append("\nmodel = ").append(chosen.model());
    text.append('\n').append(lines("", changed(chosen)));
    return text.toString();
  }

  /** Settings as lines of a configuration. */
  static String lines(String indent, SortedMap<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> indent + setting.getKey() + " = " + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** The settings of a run that are not the defaults of its task and model, rendered, by key. */
  static SortedMap<String, String> changed(Ranked chosen) {
    RunConfiguration.Builder all = RunConfiguration.builder();
    String shared =
        chosen.configuration().entrySet().stream()
            .filter(setting -> isOfRun(setting.getKey()))
            .map(setting -> setting.getKey() + " = " + setting.getValue())
            .collect(Collectors.joining("\n"));
    all.text("the sweep", shared);
    all.set("task=" + chosen.task()).set("model=" + chosen.model());
    chosen.parameters().forEach((key, value) -> all.set(key + "=" + value));
    all.set("seed=" + chosen.seeds().get(0));
    if (setting(chosen, "sweep.execution").equals("side-by-side")) {
      all.set("training.workers=1").set("averaging.engine=own");
    }
    if (setting(chosen, "sweep.stopping.method").equals("plateau")) {
      for (String key : List.of("patience", "min-delta")) {
        all.set("training.early-stopping." + key + "=" + setting(chosen, "sweep.stopping." + key));
      }
    }
    SortedMap<String, String> changed = all.build().changed();
    changed.keySet().removeIf(key -> List.of("task", "model").contains(key) || !isOfRun(key));
    return changed;
  }

  private static boolean isOfRun(String key) {
    return LEFT_OUT.stream().noneMatch(key::startsWith);
  }

  /** A setting that all trials of the sweep share, without the quotes of a text. */
  private static String setting(Ranked chosen, String key) {
    String written = chosen.configuration().getOrDefault(key, "\"\"");
    return String.valueOf(ConfigFactory.parseString("it = " + written).getAnyRef("it"));
  }

  private static String head(Ranked chosen, String name) {
    double error = chosen.error().meanOrNaN();
    double testError = chosen.testError().meanOrNaN();
    long epochs = Math.round(chosen.epochs().meanOrNaN());
    return String.format(
        Locale.ROOT,
        "# Sweep %s, point %d, arm %s: %s error %.2f %%, test error %.2f %%, after %.1f epochs;"
            + " means over %d seeds.\n"
            + "#   sbp train --config %s --data DIR --output DIR\n"
            + "# On all training samples, for as many epochs as were best:\n"
            + "#   sbp train --config %s --data DIR --output DIR --final --set training.epochs=%d\n",
        chosen.sweep(),
        chosen.point(),
        chosen.arm(),
        chosen.selectedOn(),
        100 * error,
        100 * testError,
        chosen.epochs().meanOrNaN(),
        chosen.seeds().size(),
        name,
        name,
        epochs);
  }
}
