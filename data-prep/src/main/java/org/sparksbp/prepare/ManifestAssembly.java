package org.sparksbp.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.shard.InputFile;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.ShardEntry;
import org.sparksbp.shard.SplitCounts;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

/** Puts what is known of the slices together. */
final class ManifestAssembly {

  private final Task task;
  private final PrepareSettings settings;

  ManifestAssembly(Task task, PrepareSettings settings) {
    this.task = task;
    this.settings = settings;
  }

  /**
   * @param input folder, for the message
   * @throws InvalidInputException if a split has no samples, or trains are not of one length
   */
  void check(String input, List<SliceResult> results) throws InvalidInputException {
    int steps = steps(results);
    if (steps == 0) {
      throw new InvalidInputException(
          "Invalid input " + input + ": not one sample of " + task.name() + " in it");
    }
    for (Split split : Split.values()) {
      if (results.stream().allMatch(result -> result.rows(split) == 0)) {
        throw new InvalidInputException(
            "Invalid input "
                + input
                + ": not one "
                + split.lowerCaseName()
                + " sample of "
                + task.name()
                + " in it by the split '"
                + settings.split()
                + "'; add the files that such samples come from"
                + (task.splits().size() > 1
                    ? ", or choose another --split of " + String.join(", ", task.splits())
                    : ""));
      }
    }
    for (SliceResult result : results) {
      if (result.steps() != 0 && result.steps() != steps) {
        throw new InvalidInputException(
            "Invalid input "
                + input
                + ": spike trains of "
                + steps
                + " and of "
                + result.steps()
                + " steps in one data set");
      }
    }
  }

  Manifest manifest(
      List<SliceResult> results,
      Losses losses,
      List<ShardEntry> shards,
      List<InputFile> inputs,
      boolean synthetic) {
    List<InputFile> sorted = new ArrayList<>(inputs);
    sorted.sort(Comparator.comparing(InputFile::name));
    return new Manifest(
        Manifest.SCHEMA_VERSION,
        SoftwareVersion.current(),
        task.name(),
        settings,
        task.channels(settings),
        task.outputNames(settings).size(),
        steps(results),
        task.outputNames(settings),
        synthetic,
        counts(results),
        shards,
        sorted,
        losses.badRecords(),
        losses.rawRecords());
  }

  private static int steps(List<SliceResult> results) {
    return results.stream().mapToInt(SliceResult::steps).filter(s -> s > 0).findFirst().orElse(0);
  }

  private Map<Split, SplitCounts> counts(List<SliceResult> results) {
    Map<Split, SplitCounts> counts = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      long[] classes = new long[task.outputNames(settings).size()];
      long samples = 0;
      for (SliceResult result : results) {
        for (int i = 0; i < result.shards().size(); i++) {
          if (result.shards().get(i).split() == split) {
            samples += result.shards().get(i).rows();
            for (int label = 0; label < classes.length; label++) {
              classes[label] += result.classes().get(i).get(label);
            }
          }
        }
      }
      counts.put(split, new SplitCounts(samples, named(classes)));
    }
    return counts;
  }

  private Map<String, Long> named(long[] classes) {
    Map<String, Long> named = new LinkedHashMap<>();
    long labelled = 0;
    for (int label = 0; label < classes.length; label++) {
      named.put(task.outputNames(settings).get(label), classes[label]);
      labelled += classes[label];
    }
    return labelled == 0 ? Map.of() : named;
  }
}
