package org.sparksbp.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.sparksbp.cost.BandRule;
import org.sparksbp.statistics.SeedSummary;
import org.sparksbp.table.SweepDescription;

/**
 * The trials of one point of a sweep: its arms on their seeds.
 *
 * @param sweep that they belong to
 * @param label what distinguishes the point, as {@code key = value}; empty if nothing does
 * @param trials at least one
 */
record SweepPoint(SweepResults sweep, String label, List<TrialResult> trials) {

  /** Arms that the study's sweeps have, in the order of its table. */
  static final String WITHOUT = "without";

  static final String WITH = "with";
  static final String ABLATION = "ablation";

  /** Errors that differ by less, a fraction of 1, are those of a network that stands still. */
  private static final double STILL = 0.005;

  private static final List<String> FIRST = List.of(WITHOUT, WITH, ABLATION);

  SweepPoint {
    trials = List.copyOf(trials);
  }

  /** The task's name. */
  String task() {
    return trials.get(0).task();
  }

  /** The model's name. */
  String model() {
    return trials.get(0).model();
  }

  /** For headings. */
  String title() {
    return sweep.name() + ": " + task() + ", " + model() + (label.isEmpty() ? "" : ", " + label);
  }

  /** For file names, unique in a results folder. */
  String fileName() {
    return sweep.name() + "-point-" + trials.get(0).point();
  }

  /** Without, with, ablation, then others by name. */
  List<String> arms() {
    Comparator<String> order =
        Comparator.comparingInt(arm -> FIRST.contains(arm) ? FIRST.indexOf(arm) : FIRST.size());
    return trials.stream()
        .map(TrialResult::arm)
        .distinct()
        .sorted(order.thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** The first arm with every other, and the ablation with self-backpropagation. */
  List<List<String>> pairs() {
    List<String> arms = arms();
    List<List<String>> pairs = new ArrayList<>();
    arms.stream().skip(1).forEach(arm -> pairs.add(List.of(arms.get(0), arm)));
    List<String> last = List.of(ABLATION, WITH);
    if (arms.containsAll(last) && !pairs.contains(last)) {
      pairs.add(last);
    }
    return pairs;
  }

  /** What a pair of arms is called where the first is taken from the second. */
  static String difference(List<String> pair) {
    return pair.get(1) + " \u2212 " + pair.get(0);
  }

  /**
   * Why a difference between arms need not be one of the arms: settings of their data in which they
   * differ; empty where they have the same.
   */
  String differentData(List<String> arms) {
    return SweepDescription.DATA_KEYS.stream()
        .filter(key -> arms.stream().map(arm -> setting(arm, key)).distinct().count() > 1)
        .map(
            key ->
                key
                    + " "
                    + arms.stream()
                        .map(arm -> setting(arm, key))
                        .collect(Collectors.joining(" against ")))
        .collect(Collectors.joining(", "));
  }

  private String setting(String arm, String key) {
    return trials.stream()
        .filter(trial -> trial.arm().equals(arm))
        .map(trial -> key.equals("task") ? trial.task() : trial.parameters().get(key))
        .filter(value -> value != null)
        .findFirst()
        .orElse(sweep.configuration().getOrDefault(key, ""));
  }

  /** By the chosen error, mean over all arms; points without any last. */
  static List<SweepPoint> bestFirst(List<SweepPoint> points) {
    return points.stream().sorted(Comparator.comparingDouble(SweepPoint::chosenError)).toList();
  }

  private double chosenError() {
    return arms().stream()
        .mapToDouble(arm -> chosenError(arm).meanOrNaN())
        .average()
        .orElse(Double.NaN);
  }

  /** Seeds that have ended in all of some arms. */
  List<Long> endedSeeds(List<String> arms) {
    return seeds().stream()
        .filter(
            seed ->
                arms.stream()
                    .map(arm -> trial(arm, seed))
                    .allMatch(trial -> trial != null && trial.ended()))
        .toList();
  }

  /** The arms of points, each once. */
  static List<String> arms(List<SweepPoint> points) {
    return points.stream().flatMap(point -> point.arms().stream()).distinct().toList();
  }

  /** The value of a varied key, as the trials of the first arm that has the key have it. */
  String value(String key) {
    String given = given(key);
    return given.isEmpty() ? "unset" : given;
  }

  /** The same value; empty where the key applies to no arm. */
  String given(String key) {
    return trials.stream()
        .map(trial -> trial.parameters().get(key))
        .filter(value -> value != null)
        .findFirst()
        .orElse("");
  }

  /** Values of a varied key in the order of the points; numbers by size. */
  static List<String> values(List<SweepPoint> points, String key) {
    List<String> found = points.stream().map(point -> point.value(key)).distinct().toList();
    return areNumbers(found)
        ? found.stream().sorted(Comparator.comparingDouble(SweepPoint::number)).toList()
        : found;
  }

  /** What pictures call a key: it without its group, {@code beta} of {@code snn.beta}. */
  static String label(String key) {
    return key.substring(key.indexOf('.') + 1);
  }

  static boolean areNumbers(List<String> values) {
    return values.stream().noneMatch(value -> Double.isNaN(number(value)));
  }

  /** The number that a value is, or NaN. */
  static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Accuracies of an arm after the last epoch, of seeds that have ended. */
  double[] lastAccuracies(String arm, List<Long> seeds) {
    return seeds.stream().mapToDouble(seed -> trial(arm, seed).lastAccuracy()).toArray();
  }

  List<Long> seeds() {
    return trials.stream().map(TrialResult::seed).distinct().sorted().toList();
  }

  /** A trial, or null if the tables have none. */
  TrialResult trial(String arm, long seed) {
    return trials.stream()
        .filter(trial -> trial.arm().equals(arm) && trial.seed() == seed)
        .findFirst()
        .orElse(null);
  }

  /** Trials of an arm that have ended with a curve. */
  List<TrialResult> ended(String arm) {
    return trials.stream().filter(trial -> trial.arm().equals(arm) && trial.ended()).toList();
  }

  /** Multiply-accumulates of an epoch and sample as the study counts them. */
  double complexity(String arm) {
    return ended(arm).stream().mapToDouble(TrialResult::complexity).max().orElse(0);
  }

  SeedSummary lastAccuracy(String arm) {
    return SeedSummary.of(ended(arm).stream().mapToDouble(TrialResult::lastAccuracy).toArray());
  }

  /** Lowest error of the samples that are chosen by. */
  SeedSummary chosenError(String arm) {
    return SeedSummary.of(ended(arm).stream().mapToDouble(TrialResult::chosenError).toArray());
  }

  /** Whose errors the epochs of an arm's trials are chosen by. */
  String selectedOn(String arm) {
    return ended(arm).stream()
        .map(TrialResult::selectedOn)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Accuracy on test samples after the epochs that are chosen. */
  SeedSummary chosenAccuracy(String arm) {
    return SeedSummary.of(ended(arm).stream().mapToDouble(TrialResult::chosenAccuracy).toArray());
  }

  /** Error after an epoch, from 1, over the seeds that have come so far. */
  SeedSummary error(String arm, int epoch) {
    return SeedSummary.of(
        ended(arm).stream()
            .filter(trial -> trial.errors().length >= epoch)
            .mapToDouble(trial -> trial.errors()[epoch - 1])
            .toArray());
  }

  /**
   * Whether an arm has learned nothing while another has: its errors never move by more than half a
   * point, and all of them are above all of the other's.
   */
  boolean neverLearns(String arm) {
    DoubleSummaryStatistics own = errors(arm);
    return own.getMax() - own.getMin() <= STILL
        && arms().stream()
            .map(this::errors)
            .anyMatch(
                other -> other.getMax() - other.getMin() > STILL && other.getMax() < own.getMin());
  }

  private DoubleSummaryStatistics errors(String arm) {
    return ended(arm).stream()
        .flatMapToDouble(trial -> Arrays.stream(trial.errors()))
        .summaryStatistics();
  }

  /** The most epochs of a trial. */
  int epochs() {
    return trials.stream().mapToInt(trial -> trial.errors().length).max().orElse(0);
  }

  /** What the band of the cost's levels must be. */
  BandRule bandRule() {
    double cap = number("sweep.cost.cap", 0);
    BandRule given = BandRule.DEFAULT;
    return new BandRule(
        cap == 0 ? OptionalDouble.empty() : OptionalDouble.of(cap),
        number("sweep.cost.least-band", given.leastWidth()),
        number("sweep.cost.least-standard-errors", given.leastStandardErrors()));
  }

  private double number(String key, double otherwise) {
    String value = setting(key);
    return value.isEmpty() ? otherwise : Double.parseDouble(value);
  }

  /** A setting of the trials, as written; empty if unknown. */
  String setting(String key) {
    String varied = trials.get(0).parameters().get(key);
    return varied == null ? sweep.configuration().getOrDefault(key, "") : varied;
  }
}
