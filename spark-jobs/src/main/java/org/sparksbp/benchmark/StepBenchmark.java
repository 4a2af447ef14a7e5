package org.sparksbp.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Whole training steps and inference of every model on one core, with each kind of kernels. */
final class StepBenchmark {

  private static final String UNIT = "samples/s";
  private static final String DEEPLEARNING4J = "deeplearning4j";
  private static final String ND4J = "nd4j";

  private final InterleavedRunner runner;
  private final double peak;
  private final Consumer<String> progress;

  /**
   * @param peak multiply-accumulates a second that the machine can do
   */
  StepBenchmark(InterleavedRunner runner, double peak, Consumer<String> progress) {
    this.runner = runner;
    this.peak = peak;
    this.progress = progress;
  }

  List<Result> run(List<Workload> workloads, Set<BenchmarkPart> parts) {
    List<Result> results = new ArrayList<>();
    for (Workload workload : workloads) {
      if (parts.contains(workload.part())) {
        progress.accept(workload.name());
        results.addAll(measure(workload));
      }
    }
    return results;
  }

  private List<Result> measure(Workload workload) {
    List<String> variants = variants(workload);
    List<LearnerSteps> cases = new ArrayList<>();
    try {
      variants.forEach(variant -> cases.add(new LearnerSteps(workload, settings(variant))));
      List<Rates> rates = runner.measure(cases);
      List<Result> results = new ArrayList<>();
      for (int i = 0; i < variants.size(); i++) {
        Result result =
            Result.of(workload.part(), workload.name(), variants.get(i), UNIT, rates.get(i))
                .withArithmetic(cases.get(i).multiplyAccumulates(), peak);
        results.add(isChosen(variants.get(i)) ? targeted(result, workload) : result);
      }
      return results;
    } finally {
      cases.forEach(LearnerSteps::close);
    }
  }

  private static Result targeted(Result result, Workload workload) {
    return workload.target().map(result::withTarget).orElse(result);
  }

  private static boolean isChosen(String variant) {
    return variant.equals(Machine.chosenKernels()) || variant.equals(DEEPLEARNING4J);
  }

  private static List<String> variants(Workload workload) {
    if (workload.part() == BenchmarkPart.BP_ANN) {
      return List.of(DEEPLEARNING4J);
    }
    List<String> variants = new ArrayList<>(Machine.availableKernels());
    if (workload.part() == BenchmarkPart.SNN) {
      variants.add(ND4J);
    }
    return variants;
  }

  private static List<String> settings(String variant) {
    return switch (variant) {
      case DEEPLEARNING4J -> List.of();
      case ND4J -> List.of("compute.path=nd4j");
      default -> List.of("compute.kernels=" + variant);
    };
  }
}
