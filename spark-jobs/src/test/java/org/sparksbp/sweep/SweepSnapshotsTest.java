package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.sparksbp.snapshot.Histogram;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.training.StartMode;

class SweepSnapshotsTest extends SmallSweeps {

  private static final String[] PAIRS = {
    "sweep.space.snn.beta = [0.25, 0.5]",
    "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
    "sweep.seeds = [1, 2]"
  };

  private static TrialSnapshots snapshots(Path results, PlannedTrial trial) throws IOException {
    return new ResultsFolder(new Configuration(), new org.apache.hadoop.fs.Path(results.toUri()))
        .snapshots(trial.id())
        .orElseThrow();
  }

  @Test
  void firstSeedsTrialsOfTheFirstPairsLeaveSnapshotsAndNoOtherResult() throws IOException {
    Path plain = results.resolve("plain");
    SweepFixture.run(spark, data, plain, SweepFixture.with(PAIRS, "sweep.snapshots = 0"));
    assertThat(plain.resolve("snapshots")).doesNotExist();

    SweepFixture.run(spark, data, results, SweepFixture.with(PAIRS, "sweep.snapshots = 3"));

    assertThat(SweepFixture.tables(results.resolve("test")))
        .isEqualTo(SweepFixture.tables(plain.resolve("test")));
    List<PlannedTrial> planned = SweepFixture.job(spark, data, results, PAIRS).planned();
    try (var files = Files.list(results.resolve("snapshots"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              planned.get(0).id() + ".json",
              planned.get(2).id() + ".json",
              planned.get(4).id() + ".json");
    }
  }

  @Test
  void snapshotsShowTheNetworkAfterTheFirstAndTheLastEpoch() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);
    PlannedTrial trial = SweepFixture.job(spark, data, results, PAIRS).planned().get(2);

    TrialSnapshots snapshots = snapshots(results, trial);

    assertThat(snapshots.samples()).isEqualTo(12);
    assertThat(snapshots.sample()).isEqualTo("test/0");
    assertThat(snapshots.first().epoch()).isEqualTo(1);
    assertThat(snapshots.last().epoch()).isEqualTo(3);
    // The fixture's network is 12-4-3.
    assertThat(snapshots.last().weights()).extracting(Histogram::total).containsExactly(48L, 12L);
    assertThat(snapshots.last().rates()).extracting(Histogram::total).containsExactly(4L);
    assertThat(snapshots.last().weights().get(1).counts())
        .isNotEqualTo(snapshots.first().weights().get(1).counts());
    long right = 0;
    long all = 0;
    for (int i = 0; i < 3; i++) {
      right += snapshots.confusion().counts()[i][i];
      all += Arrays.stream(snapshots.confusion().counts()[i]).sum();
    }
    assertThat(all).isEqualTo(12);
    Map<String, String> row = SweepFixture.rows(results.resolve("test/trials.csv")).get(2);
    assertThat(Double.parseDouble(row.get("last_test_error"))).isEqualTo((12 - right) / 12.0);
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
      TrialSnapshots snapshots = snapshots(results, trial);
      assertThat(snapshots.first().epoch()).isEqualTo(1);
      assertThat(snapshots.last().epoch()).isEqualTo(Integer.parseInt(row.get("epochs")));
      assertThat(snapshots.confusion().epoch()).isEqualTo(snapshots.last().epoch());
    }
  }

  @Test
  void snapshotsAreNoReasonToTrainAgainOrToRefuse() throws IOException {
    SweepFixture.job(spark, data, results, SweepFixture.with(PAIRS, "sweep.snapshots = 0"))
        .run(StartMode.NEW, 6);

    SweepOutcome outcome = SweepFixture.run(spark, data, results, PAIRS);

    assertThat(outcome.ran()).isEqualTo(2);
    assertThat(SweepFixture.files(results.resolve("snapshots"), ".json")).isEqualTo(1);
  }

  @Test
  void oneAfterAnotherLeavesThemTooAndTrainsTheSame() throws IOException {
    String[] settings = {
      "sweep.execution = one-after-another", "sweep.space.model = [snn, rbm]", "rule = sbp"
    };
    Path plain = results.resolve("plain");
    SweepFixture.run(spark, data, plain, SweepFixture.with(settings, "sweep.snapshots = 0"));

    SweepFixture.run(spark, data, results, settings);

    assertThat(SweepFixture.tables(results.resolve("test")))
        .isEqualTo(SweepFixture.tables(plain.resolve("test")));
    for (PlannedTrial trial : SweepFixture.job(spark, data, results, settings).planned()) {
      TrialSnapshots snapshots = snapshots(results, trial);
      assertThat(snapshots.first().epoch()).isEqualTo(1);
      assertThat(snapshots.last().epoch()).isEqualTo(3);
      assertThat(snapshots.last().weights().get(1).mean())
          .isNotEqualTo(snapshots.first().weights().get(1).mean());
    }
  }
}
