package org.sparksbp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a sweep has left.
 *
 * @param name of its folder
 * @param finished whether all trials have ended
 * @param softwareVersion of the sweep
 * @param commands that have worked on it; none where it was not started from the command line
 * @param configuration settings by key, rendered
 * @param changed those of them that are not the defaults of task and model; none where not recorded
 * @param data the prepared data sets
 * @param trials in the order of the plan
 */
record SweepResults(
    String name,
    boolean finished,
    String softwareVersion,
    List<String> commands,
    SortedMap<String, String> configuration,
    SortedMap<String, String> changed,
    List<DataSet> data,
    List<TrialResult> trials) {

  /**
   * Prepared data.
   *
   * @param task its name; empty where not recorded
   * @param fingerprint identity of the data
   * @param kind {@code synthetic}, {@code real} or {@code not recorded}
   * @param encoder how samples became spikes; empty where not recorded
   * @param trainingSamples -1 where not recorded
   * @param testSamples -1 where not recorded
   */
  record DataSet(
      String task,
      String fingerprint,
      String kind,
      String encoder,
      long trainingSamples,
      long testSamples) {}

  SweepResults {
    commands = List.copyOf(commands);
    data = List.copyOf(data);
    trials = List.copyOf(trials);
  }

  /** Name of the family that its tests are corrected in: its own unless it declares another. */
  String family() {
    String declared = setting("sweep.statistics.family");
    return declared.isEmpty() ? name : declared;
  }

  /** Tests that the family has for each quantity; 0 for those that there are. */
  int testsOfFamily() {
    String declared = setting("sweep.statistics.tests");
    return declared.isEmpty() ? 0 : Integer.parseInt(declared);
  }

  /** A setting without the quotes that a text may be written in; empty if unknown. */
  private String setting(String key) {
    return configuration.getOrDefault(key, "").replaceAll("^\"|\"$", "");
  }

  /** Whether epochs of its trials were chosen on the samples that results are told of. */
  boolean chosenOnTest() {
    return trials.stream().anyMatch(TrialResult::chosenOnTest);
  }

  /** The points by number, each with its trials. */
  List<SweepPoint> points() {
    SortedMap<Long, List<TrialResult>> byNumber = new TreeMap<>();
    trials.forEach(
        trial -> byNumber.computeIfAbsent(trial.point(), p -> new ArrayList<>()).add(trial));
    List<String> varied = varied();
    return byNumber.values().stream()
        .map(ofPoint -> new SweepPoint(this, label(ofPoint.get(0), varied), ofPoint))
        .toList();
  }

  /** Keys that differ between trials of the same arm. */
  List<String> varied() {
    SortedMap<String, Boolean> differs = new TreeMap<>();
    Map<String, TrialResult> first = new TreeMap<>();
    for (TrialResult trial : trials) {
      TrialResult other = first.putIfAbsent(trial.arm(), trial);
      if (other != null) {
        trial
            .parameters()
            .forEach(
                (key, value) -> {
                  if (!value.equals(other.parameters().get(key))) {
                    differs.put(key, true);
                  }
                });
        other.parameters().keySet().stream()
            .filter(key -> !trial.parameters().containsKey(key))
            .forEach(key -> differs.put(key, true));
      }
    }
    return List.copyOf(differs.keySet());
  }

  private static String label(TrialResult trial, List<String> varied) {
    return varied.stream()
        .filter(trial.parameters()::containsKey)
        .map(key -> key + " = " + trial.parameters().get(key))
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }
}
