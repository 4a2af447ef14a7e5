package org.sparksbp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** The published costs with and without self-backpropagation, and their ratio. */
  String costs() {
    return costWith + " / " + costWithout + " = " + ratio;
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
    if (!point.label().isEmpty()) {
      reasons.add("varied: " + point.label());
    }
    return reasons;
  }
}
