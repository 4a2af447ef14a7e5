package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.snapshot.Histogram;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.training.StartMode;

class SweepSnapshotsTest {

  private static final String[] PAIRS = {
    "sweep.space.snn.beta = [0.25, 0.5]",
    "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
    "sweep.seeds = [1, 2]"
  };

  @TempDir static Path shards;
  private static SweepData data;
  private static JavaSparkContext spark;

  @TempDir Path results;

  @BeforeAll
  static void start() throws IOException {
    data = SweepFixture.data(shards, 30, 12);
    spark = SweepFixture.spark();
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private static String[] with(String[] settings, String more) {
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = more;
    return all;
  }

  private static TrialSnapshots portrait(Path results, PlannedTrial trial) throws IOException {
    return new ResultsFolder(new Configuration(), new org.apache.hadoop.fs.Path(results.toUri()))
        .portrait(trial.id())
        .orElseThrow();
  }

  @Test
  void firstSeedsTrialsOfTheFirstPairsLeaveAPortraitAndNoOtherResult() throws IOException {
    Path plain = results.resolve("plain");
    SweepFixture.run(spark, data, plain, with(PAIRS, "sweep.portraits = 0"));
    assertThat(plain.resolve("portraits")).doesNotExist();

    SweepFixture.run(spark, data, results, with(PAIRS, "sweep.portraits = 3"));

    assertThat(SweepFixture.tables(results.resolve("test")))
        .isEqualTo(SweepFixture.tables(plain.resolve("test")));
    List<PlannedTrial> planned = SweepFixture.job(spark, data, results, PAIRS).planned();
    try (var files = Files.list(results.resolve("portraits"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              planned.get(0).id() + ".json",
              planned.get(2).id() + ".json",
              planned.get(4).id() + ".json");
    }
  }

  @Test
  void portraitShowsTheNetworkAfterTheFirstAndTheLastEpoch() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);
    PlannedTrial trial = SweepFixture.job(spark, data, results, PAIRS).planned().get(2);

    TrialSnapshots portrait = portrait(results, trial);

    assertThat(portrait.samples()).isEqualTo(12);
    assertThat(portrait.sample()).isEqualTo("test/0");
    assertThat(portrait.first().epoch()).isEqualTo(1);
    assertThat(portrait.last().epoch()).isEqualTo(3);
    // The fixture's network is 12-4-3.
    assertThat(portrait.last().weights()).extracting(Histogram::total).containsExactly(48L, 12L);
    assertThat(portrait.last().rates()).extracting(Histogram::total).containsExactly(4L);
    assertThat(portrait.last().weights().get(1).counts())
        .isNotEqualTo(portrait.first().weights().get(1).counts());
    long right = 0;
    long all = 0;
    for (int i = 0; i < 3; i++) {
      right += portrait.confusion().counts()[i][i];
      all += Arrays.stream(portrait.confusion().counts()[i]).sum();
    }
    assertThat(all).isEqualTo(12);
    Map<String, String> row = SweepFixture.rows(results.resolve("test/trials.csv")).get(2);
    assertThat(1 - right / 12.0).isEqualTo(Double.parseDouble(row.get("last_test_error")));
  }

  @Test
  void trialThatGoesOnFromARungKeepsItsFirstEpoch() throws IOException {
    String[] halving = {
      PAIRS[0], "sweep.stopping { method = successive-halving, rungs = [1, 2], eta = 2 }"
    };
    SweepOutcome outcome;
    do {
      outcome = SweepFixture.job(spark, data, results, halving).run(StartMode.NEW, 1);
    } while (!outcome.finished());

    for (PlannedTrial trial : SweepFixture.job(spark, data, results, halving).planned()) {
      Map<String, String> row =
          SweepFixture.rows(results.resolve("test/trials.csv")).get(trial.number());
      TrialSnapshots portrait = portrait(results, trial);
      assertThat(portrait.first().epoch()).isEqualTo(1);
      assertThat(portrait.last().epoch()).isEqualTo(Integer.parseInt(row.get("epochs")));
      assertThat(portrait.confusion().epoch()).isEqualTo(portrait.last().epoch());
    }
  }

  @Test
  void portraitsAreNoReasonToTrainAgainOrToRefuse() throws IOException {
    SweepFixture.job(spark, data, results, with(PAIRS, "sweep.portraits = 0"))
        .run(StartMode.NEW, 6);

    SweepOutcome outcome = SweepFixture.run(spark, data, results, PAIRS);

    assertThat(outcome.ran()).isEqualTo(2);
    assertThat(SweepFixture.files(results.resolve("portraits"), ".json")).isEqualTo(1);
  }

  @Test
  void oneAfterAnotherLeavesThemTooAndTrainsTheSame() throws IOException {
    String[] settings = {
      "sweep.execution = one-after-another", "sweep.space.model = [snn, rbm]", "rule = sbp"
    };
    Path plain = results.resolve("plain");
    SweepFixture.run(spark, data, plain, with(settings, "sweep.portraits = 0"));

    SweepFixture.run(spark, data, results, settings);

    assertThat(SweepFixture.tables(results.resolve("test")))
        .isEqualTo(SweepFixture.tables(plain.resolve("test")));
    for (PlannedTrial trial : SweepFixture.job(spark, data, results, settings).planned()) {
      TrialSnapshots portrait = portrait(results, trial);
      assertThat(portrait.first().epoch()).isEqualTo(1);
      assertThat(portrait.last().epoch()).isEqualTo(3);
      assertThat(portrait.last().weights().get(1).mean())
          .isNotEqualTo(portrait.first().weights().get(1).mean());
    }
  }
}
