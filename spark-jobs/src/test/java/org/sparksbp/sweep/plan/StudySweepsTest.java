package org.sparksbp.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.learner.ModelType;

class StudySweepsTest {

  @ParameterizedTest
  @CsvSource({
    "mnist-snn, 25, 25, 100",
    "mnist-mlp, 35, 35, 100",
    "mnist-rbm, 25, 25, 100",
    "nettalk-snn, 25, 25, 100",
    "nettalk-mlp, 35, 35, 100",
    "nettalk-rbm, 25, 25, 100",
    "dvsgesture-snn, 25, 25, 100",
    "dvsgesture-mlp, 35, 35, 100",
    "dvsgesture-rbm, 25, 25, 100",
    "mnist-snn-fraction, 70, 40, 100",
    "mnist-snn-depth, 60, 60, 100",
    "mnist-snn-four-layers, 15, 15, 100",
    "mnist-snn-five-layers, 15, 15, 100",
    "mnist-rbm-steps, 120, 120, 100",
    "nettalk-best-snn, 64, 64, 30",
    "nettalk-best-rbm, 64, 64, 30",
    "nettalk-best-mlp, 64, 64, 30",
    "mnist-inverse-spread-search-inverse, 48, 48, 10",
    "mnist-inverse-spread-search-postsynaptic, 48, 48, 10"
  })
  void everyTrialOfTheStudyIsValid(String name, int rows, int runs, int epochs) {
    RunConfiguration.Builder base =
        RunConfiguration.builder().file(Path.of("../conf/study", name + ".conf").toFile());
    SweepSettings settings = SweepSettings.of(base.build().config(), name);
    TrialPlan plan = new TrialPlan(base, settings, task -> "data", 1, UnaryOperator.identity());
    plan.check();
    List<PlannedTrial> trials = new ArrayList<>();
    plan.forEach(trials::add);

    assertThat(trials).hasSize(rows);
    assertThat(trials.stream().map(PlannedTrial::id).distinct()).hasSize(runs);
    for (PlannedTrial trial : trials) {
      String model = trial.configuration().getString("model");
      ModelType.named(model).check(trial.configuration());
      assertThat(trial.epochs()).isEqualTo(epochs);
    }
  }
}
