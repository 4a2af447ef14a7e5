package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.training.StartMode;

class SweepModelsTest extends SmallSweeps {

  private static final String[] PAIRS = {
    "sweep.space.snn.beta = [1e-6, 0.5]",
    "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
    "sweep.seeds = [1, 2]"
  };

  @Test
  void noneIsKeptUnlessAskedFor() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);

    assertThat(results.resolve("test/models")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"side-by-side", "one-after-another"})
  void allAreOfTheEpochThatIsChosen(String execution) throws IOException {
    String[] settings =
        SweepFixture.with(PAIRS, "sweep.keep-models = all", "sweep.execution = " + execution);

    SweepFixture.run(spark, data, results, settings);

    for (Map<String, String> trial : trials()) {
      assertThatTheModelIsOfTheChosenEpoch(trial);
    }
  }

  @Test
  void changesNoResultAndIsNoOtherSweep() throws IOException {
    SweepFixture.run(spark, data, results.resolve("plain"), PAIRS);
    String[] settings = SweepFixture.with(PAIRS, "sweep.keep-models = all");

    SweepFixture.run(spark, data, results, settings);

    assertThat(SweepFixture.tables(results.resolve("test")))
        .isEqualTo(SweepFixture.tables(results.resolve("plain/test")));
    assertThat(SweepFixture.run(spark, data, results, PAIRS).ran()).isZero();
  }

  @Test
  void bestAreThoseOfTheBestPairAlone() throws IOException {
    Path inWriting = Files.createDirectories(results.resolve("test/models/.model.tmp"));

    SweepFixture.run(spark, data, results, SweepFixture.with(PAIRS, "sweep.keep-models = best"));

    assertThatTheBestPairsModelsAreKept();
    assertThat(inWriting).exists();
  }

  @Test
  void bestOnesOutliveRungsAndAnInterruption() throws IOException {
    String[] halving = {
      "sweep.space.snn.beta = [0.1, 0.2, 0.3, 0.4]",
      "sweep.seeds = [1, 2]",
      "sweep.stopping { method = successive-halving, rungs = [1, 2], eta = 2 }",
      "sweep.keep-models = best"
    };
    SweepFixture.job(spark, data, results, halving).run(StartMode.NEW, 3);
    SweepFixture.run(spark, data, results, halving);

    assertThatTheBestPairsModelsAreKept();
  }

  @Test
  void aTrialThatFailsLeavesNone() throws IOException {
    SweepFixture.run(
        spark, data, results, "sweep.space.rule = [sbp, no-such-rule]", "sweep.keep-models = all");

    assertThat(kept())
        .containsExactlyElementsOf(
            trials().stream()
                .filter(trial -> trial.get("status").equals("done"))
                .map(trial -> trial.get("trial"))
                .toList());
  }

  private List<Map<String, String>> trials() {
    return SweepFixture.rows(results.resolve("test/trials.csv"));
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> models = Files.list(results.resolve("test/models"))) {
      return models
          .map(model -> model.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private void assertThatTheBestPairsModelsAreKept() throws IOException {
    Map<String, List<Map<String, String>>> pairs =
        trials().stream()
            .collect(Collectors.groupingBy(trial -> trial.get("point") + trial.get("arm")));
    List<Map<String, String>> best =
        pairs.values().stream().min(Comparator.comparingDouble(SweepModelsTest::sum)).orElseThrow();
    double lowest = sum(best);
    assertThat(kept())
        .containsExactlyElementsOf(
            pairs.values().stream()
                .filter(pair -> sum(pair) == lowest)
                .flatMap(List::stream)
                .map(trial -> trial.get("trial"))
                .sorted()
                .toList())
        .hasSizeLessThan(trials().size());
    for (Map<String, String> trial : best) {
      assertThatTheModelIsOfTheChosenEpoch(trial);
    }
  }

  private static double sum(List<Map<String, String>> pair) {
    return pair.stream().mapToDouble(trial -> Double.parseDouble(trial.get("best_error"))).sum();
  }

  private void assertThatTheModelIsOfTheChosenEpoch(Map<String, String> trial) throws IOException {
    Path folder = results.resolve("test/models").resolve(trial.get("trial"));
    SavedModel model =
        ModelFiles.read(new Configuration(), new org.apache.hadoop.fs.Path(folder.toUri()));
    assertThat(Integer.toString(model.provenance().epochs())).isEqualTo(trial.get("best_epoch"));
    assertThat(model.provenance().metrics().get("test.error"))
        .isEqualTo(Double.parseDouble(trial.get("test_error_at_best")));
  }
}
