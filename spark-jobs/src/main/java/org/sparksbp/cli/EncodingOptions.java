package org.sparksbp.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Task;
import org.sparksbp.task.TaskOption;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * What is asked for beside a task's own way of preparing its data; null where nothing is. Options
 * that only some tasks have come from them, see {@link TaskOptions}.
 */
final class EncodingOptions {

  /** Spike encoders by the name that settings have for them. */
  enum Encoder {
    REGULAR,
    BERNOULLI,
    LATENCY,
    DIRECT,
    EVENTS
  }

  @Option(
      names = "--encoder",
      paramLabel = "E",
      description = "regular, bernoulli, latency, direct or events (default: the task's).")
  Encoder encoder;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Time steps of a spike train (default: the task's).")
  Integer steps;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of random encoders and random splits (default: 1).")
  Long seed;

  @Option(names = "--split", paramLabel = "HOW", description = "${bundle:task.splits}.")
  String split;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take the first N samples of each split; 0 for all (default).")
  Integer limit;

  @Option(
      names = "--max-bad-records",
      paramLabel = "N",
      description =
          "Skip at most N broken images, lines, events and clips in all (default:"
              + " ${bundle:task.bad-records}).")
  Integer maxBadRecords;

  @Option(
      names = "--max-loss",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description =
          "Skip at most that share of the images, lines, events or clips of any one file, 0.02 or"
              + " 2%% (default: 1%%).")
  Double maxLoss;

  @Option(names = "--verify", description = "Check the published checksums of the raw files.")
  boolean verify;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /**
   * A task's own settings with what is asked for in their place.
   *
   * @throws ParameterException if the task cannot be prepared so
   */
  PrepareSettings over(Task task) {
    PrepareSettings.Builder settings = task.defaults().toBuilder();
    if (encoder != null) {
      settings.encoder(encoder.name().toLowerCase(Locale.ROOT));
    }
    if (steps != null) {
      settings.steps(steps);
    }
    if (seed != null) {
      settings.seed(seed);
    }
    if (split != null) {
      settings.split(split);
    }
    if (limit != null) {
      settings.limit(limit);
    }
    if (maxBadRecords != null) {
      settings.maxBadRecords(maxBadRecords);
    }
    if (maxLoss != null) {
      settings.maxLoss(maxLoss);
    }
    if (verify) {
      settings.verify(true);
    }
    try {
      TaskOptions.set(task, command, settings);
      PrepareSettings all = settings.build();
      task.check(all);
      return all;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /** A share from 0 to 1, or in percent. */
  static final class ShareConverter implements ITypeConverter<Double> {

    @Override
    public Double convert(String written) {
      boolean inPercent = written.endsWith("%");
      try {
        double value = Double.parseDouble(inPercent ? written.replace("%", "") : written);
        double share = inPercent ? value / 100 : value;
        if (share >= 0 && share <= 1) {
          return share;
        }
      } catch (NumberFormatException e) {
        // Told below, as a share beyond 1 is.
      }
      throw new TypeConversionException(
          "'" + written + "' is no share from 0 to 1, nor one in percent such as 2%");
    }
  }

  /** Adds the options that only some tasks have to a command with {@link EncodingOptions}. */
  static final class TaskOptions implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
      // The options of all commands stay the last ones of the help text.
      List<OptionSpec> common = List.copyOf(command.mixins().get("common").options());
      common.forEach(command::remove);
      byName().forEach((name, tasks) -> command.addOption(option(name, tasks)));
      common.forEach(command::addOption);
      return command;
    }

    private static Map<String, List<Task>> byName() {
      Map<String, List<Task>> tasks = new LinkedHashMap<>();
      for (Task task : Tasks.all()) {
        for (TaskOption option : task.options()) {
          tasks.computeIfAbsent(option.name(), name -> new ArrayList<>()).add(task);
        }
      }
      return tasks;
    }

    private static OptionSpec option(String name, List<Task> tasks) {
      Map<String, List<String>> descriptions = new LinkedHashMap<>();
      for (Task task : tasks) {
        descriptions
            .computeIfAbsent(named(task, name).description(), key -> new ArrayList<>())
            .add(task.name());
      }
      String description =
          descriptions.entrySet().stream()
              .map(told -> String.join(", ", told.getValue()) + ": " + told.getKey())
              .collect(Collectors.joining("; ", "", "."));
      return OptionSpec.builder("--" + name)
          .type(String.class)
          .paramLabel(named(tasks.get(0), name).placeholder())
          .description(description)
          .build();
    }

    private static TaskOption named(Task task, String name) {
      return task.options().stream()
          .filter(option -> option.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Invalid " + name + ": " + task.name() + " has no such option"));
    }

    private static void set(Task task, CommandSpec command, PrepareSettings.Builder settings) {
      for (String name : byName().keySet()) {
        String given = command.findOption("--" + name).getValue();
        if (given != null) {
          TaskOption option = named(task, name);
          settings.option(option.key(), option.parse(given));
        }
      }
    }
  }
}
