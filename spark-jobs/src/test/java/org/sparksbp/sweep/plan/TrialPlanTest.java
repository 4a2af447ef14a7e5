package org.sparksbp.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.sweep.SweepFixture;

class TrialPlanTest {

  private static List<Map<String, String>> parameters(List<PlannedTrial> trials) {
    return trials.stream().<Map<String, String>>map(PlannedTrial::writtenParameters).toList();
  }

  @Test
  void gridHasAllCombinationsTimesArmsTimesSeeds() {
    List<PlannedTrial> trials =
        SweepFixture.plan(
            "sweep.space { snn.sbp.fraction = [0.1, 0.2, 0.4], network.hidden = [[4], [4, 3]] }",
            "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
            "sweep.seeds = [1, 2, 3]");

    assertThat(trials).hasSize(3 * 2 * 2 * 3);
    assertThat(trials.stream().map(PlannedTrial::id).distinct()).hasSize(36);
    assertThat(trials.stream().map(PlannedTrial::number).toList())
        .isEqualTo(java.util.stream.IntStream.range(0, 36).boxed().toList());
    assertThat(trials.get(0).configuration().getIntList("network.hidden")).containsExactly(4);
    assertThat(trials.get(35).configuration().getIntList("network.hidden")).containsExactly(4, 3);
  }

  @Test
  void armsShareAllOtherKeysAndTheSeeds() {
    List<PlannedTrial> trials =
        SweepFixture.plan(
            "sweep.space { snn.beta = [0.25, 0.5] }",
            "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
            "sweep.seeds = [4, 5]");

    for (int point = 0; point < 2; point++) {
      List<PlannedTrial> of = trials.subList(4 * point, 4 * point + 4);
      assertThat(of.stream().map(PlannedTrial::arm))
          .containsExactly("with", "with", "without", "without");
      assertThat(of.stream().map(PlannedTrial::seed)).containsExactly(4L, 5L, 4L, 5L);
      assertThat(of.stream().map(trial -> trial.configuration().getDouble("snn.beta")).distinct())
          .hasSize(1);
      for (int seed = 0; seed < 2; seed++) {
        assertThat(of.get(seed).configuration().withoutPath("rule"))
            .isEqualTo(of.get(2 + seed).configuration().withoutPath("rule"));
      }
    }
  }

  @Test
  void conditionalKeyIsVariedOnlyWhereItsConditionHolds() {
    List<PlannedTrial> trials =
        SweepFixture.plan(
            """
            sweep.space {
              model = [snn, rbm]
              snn.beta { values = [0.1, 0.2, 0.3], when { model = snn } }
              rbm.free-steps { from = 2, to = 3, scale = integer, when { model = [rbm] } }
            }
            """);

    assertThat(parameters(trials))
        .containsExactlyInAnyOrder(
            Map.of("model", "\"snn\"", "snn.beta", "0.1"),
            Map.of("model", "\"snn\"", "snn.beta", "0.2"),
            Map.of("model", "\"snn\"", "snn.beta", "0.3"),
            Map.of("model", "\"rbm\"", "rbm.free-steps", "2"),
            Map.of("model", "\"rbm\"", "rbm.free-steps", "3"));
  }

  @Test
  void conditionOnAnArmsKeyMakesTheOtherArmsTrialsOneRun() {
    List<PlannedTrial> trials =
        SweepFixture.plan(
            "sweep.space.snn.sbp.fraction { values = [0.1, 0.2], when { rule = sbp } }",
            "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }");

    assertThat(trials).hasSize(4);
    Map<String, Set<String>> runs =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    PlannedTrial::arm, Collectors.mapping(PlannedTrial::id, Collectors.toSet())));
    assertThat(runs.get("with")).hasSize(2);
    assertThat(runs.get("without")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sobol", "random"})
  void samplesOfASpaceAreTheSameEveryTimeAndLieInIt(String design) {
    String[] settings = {
      "sweep { design = " + design + ", points = 40, space {",
      "  snn.beta { from = 0.1, to = 0.9 }",
      "  snn.time-step { from = 0.01, to = 1.0, scale = log }",
      "  snn.clamped-iterations { from = 2, to = 5, scale = integer }",
      "} }"
    };
    List<PlannedTrial> trials = SweepFixture.plan(settings);

    assertThat(trials).hasSize(40);
    assertThat(trials.stream().map(PlannedTrial::id).toList())
        .isEqualTo(SweepFixture.plan(settings).stream().map(PlannedTrial::id).toList());
    assertThat(trials)
        .allSatisfy(
            trial -> {
              assertThat(trial.configuration().getDouble("snn.beta")).isBetween(0.1, 0.9);
              assertThat(trial.configuration().getDouble("snn.time-step")).isBetween(0.01, 1.0);
              assertThat(trial.configuration().getInt("snn.clamped-iterations")).isBetween(2, 5);
            });
    assertThat(
            trials.stream().filter(t -> t.configuration().getDouble("snn.time-step") < 0.1).count())
        .as("a logarithmic range has half of its values in the lower decade of two")
        .isBetween(12L, 28L);
    assertThat(
            trials.stream().map(t -> t.configuration().getInt("snn.clamped-iterations")).distinct())
        .hasSize(4);
  }

  @Test
  void sobolPointsAreThePublishedSequence() {
    List<PlannedTrial> trials =
        SweepFixture.plan(
            "sweep { design = sobol, points = 3, space {",
            "  snn.beta { from = 0, to = 1 }, snn.duration { from = 0, to = 1 } } }");

    assertThat(parameters(trials))
        .containsExactly(
            Map.of("snn.beta", "0.5", "snn.duration", "0.5"),
            Map.of("snn.beta", "0.75", "snn.duration", "0.25"),
            Map.of("snn.beta", "0.25", "snn.duration", "0.75"));
  }

  @Test
  void rangeInAGridTakesItsSteps() {
    List<PlannedTrial> trials =
        SweepFixture.plan(
            "sweep.space.snn.beta { from = 0.001, to = 0.1, scale = log, steps = 3 }");

    assertThat(trials.stream().map(trial -> trial.configuration().getDouble("snn.beta")))
        .containsExactly(0.001, 0.01, 0.1);
  }

  @Test
  void misspeltKeyIsRefusedWithTheNearestOne() {
    assertThatThrownBy(() -> SweepFixture.planOf("sweep.space.snn.betta = [1, 2]").check())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("snn.betta")
        .hasMessageContaining("did you mean snn.beta?");
    assertThatThrownBy(() -> SweepFixture.planOf("sweep.arms.a { rul = sbp }").check())
        .hasMessageContaining("did you mean rule?");
  }

  @Test
  void keysThatASweepDecidesItselfAreRefused() {
    assertThatThrownBy(() -> SweepFixture.planOf("sweep.space.seed = [1, 2]").check())
        .hasMessageContaining("sweep.seeds");
    assertThatThrownBy(() -> SweepFixture.planOf("sweep.space.training.workers = [1]").check())
        .hasMessageContaining("training.workers");
    assertThatThrownBy(
            () -> SweepFixture.planOf("sweep.space.snn.beta { from = 0, to = 1 }").check())
        .hasMessageContaining("snn.beta")
        .hasMessageContaining("steps");
  }

  @Test
  void identityLeavesOutWhatTheSweepItselfIs() {
    String one = SweepFixture.plan("sweep.space.snn.beta = [0.3]").get(0).id();

    assertThat(SweepFixture.plan("snn.beta = 0.3").get(0).id()).isEqualTo(one);
    assertThat(SweepFixture.plan("snn.beta = 0.3", "sweep.name = other").get(0).id())
        .isEqualTo(one);
    assertThat(SweepFixture.plan("snn.beta = 0.4").get(0).id()).isNotEqualTo(one);
  }

  @Test
  void aConditionThatNeverHoldsIsRefusedAndNotForgotten() {
    assertRefused(
        "its condition is on snn.bta, which is no key",
        "sweep.space.snn.beta { values = [0.25, 0.5], when { snn.bta = 1 } }");
    assertRefused(
        "its condition never holds: model is \"snn\", not \"rbm\"",
        "sweep.space.snn.beta { values = [0.25, 0.5], when { model = rbm } }");
    assertRefused(
        "its condition never holds: training.batch is 10 or 5, not 20",
        "sweep.space { training.batch = [5, 10]",
        "  snn.beta { values = [0.25, 0.5], when { training.batch = 20 } } }");
    SweepFixture.planOf(
            "sweep.space.snn.beta { values = [0.25, 0.5], when { rule = sbp } }",
            "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }")
        .check();
  }

  @Test
  void armsOfDifferentDataAreRefusedUnlessAllowed() {
    String[] limits = {
      "sweep.arms { with { rule = sbp, training.limit = 10 }, without { rule = symmetric-stdp } }"
    };
    assertRefused("they do not have the same training.limit [0, 10]", limits);
    assertRefused(
        "they do not have the same task [\"mnist\", \"nettalk\"]",
        "sweep.arms { with { task = mnist }, without { task = nettalk } }");
    assertRefused(
        "they do not have the same training.limit, which is varied in some of them",
        "sweep.space.training.limit { values = [5, 10], when { rule = sbp } }",
        "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }");
    SweepFixture.planOf(limits[0], "sweep.allow-different-data = on").check();
    SweepFixture.planOf(
            "sweep.space.training.limit = [5, 10]",
            "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }")
        .check();
  }

  @Test
  void aGridThatIsTooLargeIsRefusedWithItsSize() {
    assertRefused(
        "8,000,000 points in 1 arms with 2 seeds are 16,000,000 trials, at most 1,000,000",
        "sweep.space { snn.beta { from = 0.1, to = 1.0, steps = 200 }",
        "  snn.epsilon { from = 0.1, to = 1.0, steps = 200 }",
        "  snn.duration { from = 0.1, to = 1.0, steps = 200 } }",
        "sweep.seeds = [1, 2]");
    assertRefused(
        "2,000,000,000 points in 1 arms with 1 seeds",
        "sweep.space.training.shuffle-window { from = 1, to = 2000000000, scale = integer }");
  }

  @Test
  void aValueThatDoesNotFitItsKeySaysThatItIsOfARange() {
    assertRefused(
        "Invalid snn.alpha (a range of sweep.space): 0.01 is not a list",
        "sweep.space.snn.alpha { from = 0.01, to = 2.0, scale = log }",
        "sweep.design = random");
  }

  private static void assertRefused(String message, String... settings) {
    assertThatThrownBy(() -> SweepFixture.planOf(settings).check())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void wholeNumbersLieEvenlyInTheirLogarithms() {
    List<PlannedTrial> grid =
        SweepFixture.plan(
            "sweep.space.training.batch { from = 1, to = 100, scale = log-integer, steps = 5 }");
    // 1, 3.16, 10, 31.6, 100
    assertThat(grid.stream().map(trial -> trial.configuration().getInt("training.batch")))
        .containsExactly(1, 3, 10, 32, 100);
    List<PlannedTrial> drawn =
        SweepFixture.plan(
            "sweep.space.training.batch { from = 1, to = 99, scale = log-integer }",
            "sweep { design = random, points = 2000 }");
    List<Integer> batches =
        drawn.stream().map(trial -> trial.configuration().getInt("training.batch")).toList();
    // As many below 10 as from 10 on: 1000, six standard deviations of 22 either way.
    assertThat(batches.stream().filter(batch -> batch < 10).count()).isBetween(866L, 1134L);
    assertThat(batches).contains(1, 2).allMatch(batch -> batch >= 1 && batch <= 99);
  }
}
