package org.sparksbp.training;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparksbp.evaluation.EvaluationResult;
import org.sparksbp.learner.Work;

/**
 * Measures a model at the end of an epoch on samples that are not learned.
 *
 * @param selection whose error is chosen by
 * @param validation measures parameters on the validation samples; empty without any
 * @param test measures parameters on the test samples; empty without any
 */
record EpochEvaluation(
    Selection selection,
    Optional<Function<float[], EvaluationResult>> validation,
    Optional<Function<float[], EvaluationResult>> test) {

  /** What was measured. */
  record Result(
      Selection selection, Optional<EvaluationResult> validation, Optional<EvaluationResult> test) {

    SortedMap<String, Double> validationMeasures() {
      return measures(validation);
    }

    SortedMap<String, Double> testMeasures() {
      return measures(test);
    }

    Work testWork() {
      return test.map(EvaluationResult::work).orElse(Work.NONE);
    }

    /** Of both together. */
    double seconds() {
      return Stream.of(validation, test)
          .flatMap(Optional::stream)
          .mapToDouble(EvaluationResult::seconds)
          .sum();
    }

    private static SortedMap<String, Double> measures(Optional<EvaluationResult> result) {
      return result.map(found -> found.measure().values()).orElseGet(TreeMap::new);
    }
  }

  Result of(float[] parameters) {
    return new Result(
        selection,
        validation.map(measure -> measure.apply(parameters)),
        test.map(measure -> measure.apply(parameters)));
  }
}
