package org.sparksbp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row of the study's table: test set, 100 epochs, five seeds (Zhang et al., Science Advances
 * 7(43), eabh0146, 2021).
 *
 * @param task name of the task
 * @param model name of the model
 * @param accuracyWithout without self-backpropagation
 * @param accuracyWith with it
 * @param costWithout without self-backpropagation
 * @param costWith with it
 * @param ratio of the costs
 * @param flaw why no run can be compared with it; empty if one can
 */
record PublishedResult(
    String task,
    String model,
    String accuracyWithout,
    String accuracyWith,
    String costWithout,
    String costWith,
    String ratio,
    String flaw) {

  private static final int EPOCHS = 100;
  private static final int SEEDS = 5;
  private static final String HIDDEN = "[500]";

  /** Images, letters, and frames of 288 recordings with 100 each. */
  private static final Map<String, Long> TEST_SAMPLES =
      Map.of("mnist", 10_000L, "nettalk", 500L, "dvsgesture", 28_800L);

  /** As the authors' program has it. */
  private static final Map<String, String> COST_FLAWS =
      Map.of(
          "spiking-mlp",
          "; not comparable: levels pooled over methods and seeds, one never reached counts as 100"
              + " epochs",
          "rbm",
          "; not comparable: its mean epochs are constants of the program");

  private static final Map<String, Long> TRAINING_SAMPLES =
      Map.of("mnist", 60_000L, "nettalk", 5_033L);

  /** Settings that have a reason of their own, or are no part of what is learned. */
  private static final List<String> LOOKED_AT =
      List.of(
          "task",
          "model",
          "rule",
          "seed",
          "network.hidden",
          "training.epochs",
          "training.limit",
          "training.workers",
          "data.",
          "sweep.",
          "checkpoint.",
          "averaging.transport",
          "averaging.levels",
          "compute.");

  private static final List<PublishedResult> ROWS =
      List.of(
          row("mnist", "snn", "93.67 ± 0.40 %", "95.14 ± 0.12 %", "1.916e7", "0.879e7", "0.46"),
          row("nettalk", "snn", "84.26 ± 0.20 %", "85.58 ± 0.11 %", "4.467e6", "0.912e6", "0.20"),
          new PublishedResult(
              "dvsgesture",
              "snn",
              "83.56 ± 0.25 %",
              "85.00 ± 0.11 %",
              "1.526e7",
              "0.922e7",
              "0.60",
              "the published accuracy counts empty test frames, 63 % of all, as right"),
          row("mnist", "spiking-mlp", "98.73 % (SNU)", "98.65 %", "0.159e7", "0.051e7", "0.32"),
          row("nettalk", "spiking-mlp", "88.78 %", "90.27 %", "2.15e5", "1.51e5", "0.70"),
          row(
              "dvsgesture",
              "spiking-mlp",
              "69.72 % (SNU), 71.87 % (STBP)",
              "66.94 %",
              "3.68e6 (SNU), 2.86e6 (STBP)",
              "1.56e6",
              "0.42"),
          row("mnist", "rbm", "97.58 %", "97.89 %", "1.334e7", "0.572e7", "0.43"),
          row("nettalk", "rbm", "82.05 %", "83.01 %", "2.279e6", "1.462e6", "0.64"),
          row("dvsgesture", "rbm", "66.67 %", "70.88 %", "4.347e7", "1.118e7", "0.26"));

  private static PublishedResult row(
      String task,
      String model,
      String accuracyWithout,
      String accuracyWith,
      String costWithout,
      String costWith,
      String ratio) {
    return new PublishedResult(
        task, model, accuracyWithout, accuracyWith, costWithout, costWith, ratio, "");
  }

  /** The row of a task and model, if the study has one. */
  static Optional<PublishedResult> of(String task, String model) {
    return ROWS.stream()
        .filter(row -> row.task.equals(task) && row.model.equals(model))
        .findFirst();
  }

  /** The published accuracy of an arm; empty for arms that the study has not. */
  String accuracy(String arm) {
    return switch (arm) {
      case SweepPoint.WITHOUT -> accuracyWithout;
      case SweepPoint.WITH -> accuracyWith;
      default -> "";
    };
  }

  /**
   * The published costs with and without self-backpropagation, their ratio, and why they cannot be
   * compared with any.
   */
  String costs() {
    return costWith + " / " + costWithout + " = " + ratio + COST_FLAWS.getOrDefault(model, "");
  }

  /** Why an arm's numbers are not comparable with the published ones; empty if they are. */
  List<String> differences(SweepPoint point, String arm) {
    List<String> reasons = new ArrayList<>();
    if (!flaw.isEmpty()) {
      reasons.add(flaw);
    }
    point.sweep().data().stream()
        .filter(data -> data.task().isEmpty() || data.task().equals(task))
        .filter(data -> !data.kind().equals("real"))
        .forEach(data -> reasons.add("data " + data.kind()));
    point.sweep().data().stream()
        .filter(data -> data.task().isEmpty() || data.task().equals(task))
        .filter(data -> data.kind().equals("real") && data.testSamples() >= 0)
        .filter(data -> data.testSamples() != TEST_SAMPLES.get(task))
        .forEach(
            data ->
                reasons.add(
                    data.testSamples() + " test samples, published " + TEST_SAMPLES.get(task)));
    List<TrialResult> ended = point.ended(arm);
    int epochs = ended.stream().mapToInt(trial -> trial.errors().length).min().orElse(0);
    if (epochs != EPOCHS) {
      reasons.add(epochs + " epochs, published " + EPOCHS);
    }
    if (ended.size() != SEEDS) {
      reasons.add(ended.size() + " seeds, published " + SEEDS);
    }
    String limit = point.setting("training.limit");
    if (!limit.isEmpty() && !limit.equals("0")) {
      reasons.add("only " + limit + " training samples");
    }
    String hidden = point.setting("network.hidden");
    if (!hidden.replace(" ", "").equals(HIDDEN)) {
      reasons.add("hidden layers " + hidden + ", published " + HIDDEN);
    }
    String validation = point.setting("data.validation");
    if (!validation.isEmpty() && Double.parseDouble(validation) != 0) {
      reasons.add("a share of " + validation + " of the training samples validates, published 0");
    }
    trainingSamples(point).ifPresent(reasons::add);
    changed(point, arm).forEach((key, value) -> reasons.add(key + " = " + value));
    if (!point.label().isEmpty()) {
      reasons.add("varied: " + point.label());
    }
    return reasons;
  }

  private Optional<String> trainingSamples(SweepPoint point) {
    Long published = TRAINING_SAMPLES.get(task);
    return point.sweep().data().stream()
        .filter(data -> data.task().equals(task) && data.kind().equals("real"))
        .map(SweepResults.DataSet::trainingSamples)
        .filter(samples -> published != null && samples >= 0 && !samples.equals(published))
        .map(samples -> samples + " training samples, published " + published)
        .findFirst();
  }

  /** Settings that are not the study's, whether the sweep or the arm has them. */
  private static SortedMap<String, String> changed(SweepPoint point, String arm) {
    SortedMap<String, String> changed = new TreeMap<>(point.sweep().changed());
    point.ended(arm).stream().limit(1).forEach(trial -> changed.putAll(trial.parameters()));
    point.sweep().varied().forEach(changed::remove);
    changed.keySet().removeIf(key -> LOOKED_AT.stream().anyMatch(key::startsWith));
    return changed;
  }
}
