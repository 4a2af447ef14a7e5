package org.sparksbp.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sparksbp.benchmark.Result.Target;

/**
 * Samples a second of the plasticity-trained network under SBP as hidden neurons, batch and layers
 * grow, on one core; what does not grow is 500 hidden neurons, batch 50, three layers.
 */
final class SizesBenchmark {

  private static final int HIDDEN = 500;
  private static final int BATCH = 50;

  /** A second hidden layer should not cost more than this. */
  private static final Target FOUR_LAYERS = Target.atLeast(1.0 / 3, "the rate of three layers");

  private final InterleavedRunner runner;
  private final Effort effort;
  private final double peak;
  private final StepSamples digits;
  private final Consumer<String> progress;

  SizesBenchmark(
      InterleavedRunner runner,
      Effort effort,
      double peak,
      StepSamples digits,
      Consumer<String> progress) {
    this.runner = runner;
    this.effort = effort;
    this.peak = peak;
    this.digits = digits;
    this.progress = progress;
  }

  List<Result> run() {
    List<Result> results = new ArrayList<>();
    for (int hidden : effort.hidden()) {
      results.add(measure("hidden", hidden, List.of(hidden), BATCH));
    }
    for (int batch : effort.batches()) {
      results.add(measure("batch", batch, List.of(HIDDEN), batch));
    }
    results.addAll(byLayers());
    return results;
  }

  private List<Result> byLayers() {
    List<Result> results = new ArrayList<>();
    double three = 0;
    for (int layers : effort.layers()) {
      Result result = measure("layers", layers, Collections.nCopies(layers - 2, HIDDEN), BATCH);
      if (layers == 3) {
        three = result.median();
      }
      results.add(
          layers == 4 && three > 0 ? result.judged(result.median() / three, FOUR_LAYERS) : result);
    }
    return results;
  }

  private Result measure(String series, int size, List<Integer> hidden, int batch) {
    String name = "SNN by " + series + ", " + size;
    progress.accept(name);
    Workload workload =
        new Workload(
            BenchmarkPart.SIZES,
            name,
            digits,
            List.of("model=snn", "rule=sbp", "network.hidden=" + hidden),
            batch,
            Workload.Step.LEARN,
            Optional.empty());
    try (LearnerSteps steps = new LearnerSteps(workload, List.of())) {
      Rates rates = runner.measure(steps);
      return Result.of(BenchmarkPart.SIZES, name, Machine.chosenKernels(), "samples/s", rates)
          .withArithmetic(steps.multiplyAccumulates(), peak)
          .at(series, size);
    }
  }
}
