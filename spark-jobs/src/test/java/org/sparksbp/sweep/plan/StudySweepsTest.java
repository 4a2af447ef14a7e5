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
    "mnist-snn, 15, 15",
    "mnist-mlp, 15, 15",
    "mnist-rbm, 20, 20",
    "nettalk-snn, 15, 15",
    "nettalk-mlp, 15, 15",
    "nettalk-rbm, 20, 20",
    "dvsgesture-snn, 15, 15",
    "dvsgesture-mlp, 15, 15",
    "dvsgesture-rbm, 20, 20",
    "mnist-snn-fraction, 70, 40",
    "mnist-snn-depth, 60, 60",
    "mnist-snn-four-layers, 15, 15",
    "mnist-snn-five-layers, 15, 15",
    "mnist-rbm-steps, 120, 120"
  })
  void everyTrialOfTheStudyIsValid(String name, int rows, int runs) {
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
      assertThat(trial.epochs()).isEqualTo(100);
    }
  }
}
