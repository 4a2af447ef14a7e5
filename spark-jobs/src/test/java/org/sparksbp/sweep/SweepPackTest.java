package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.cluster.GpuAmounts;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.training.StartMode;
import org.sparksbp.training.TrainingFixture;

/** Trials side by side on a device, which any that OpenCL names stands for; skipped without one. */
class SweepPackTest {

  private static final String[] PAIRS = {
    "sweep.arms { with { rule = sbp }, without { rule = plain } }", "sweep.seeds = [1, 2]"
  };

  @TempDir static Path shards;
  private static SweepData data;
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void anyDevice() throws IOException {
    System.setProperty(Devices.TYPES, "all");
    try {
      Devices.describe("");
    } catch (NoDeviceException e) {
      Assumptions.abort(e.getMessage());
    }
    data = SweepFixture.data(shards, 30, 12);
    spark =
        new JavaSparkContext(
            TrainingFixture.sparkConf("local[2]").set(GpuAmounts.LOCAL_AMOUNT, "1"));
  }

  @AfterAll
  static void onlyCards() {
    System.clearProperty(Devices.TYPES);
    if (spark != null) {
      spark.close();
    }
  }

  @Test
  void trialsOfAPackAreThoseTrainedAlone() throws IOException {
    assertThat(tables("packed", "model = rbm", PAIRS))
        .isEqualTo(tables("alone", "model = rbm, sweep.pack = 1", PAIRS));
  }

  @Test
  @Timeout(300)
  void sixtyFourTrialsOfTwoShapesHaveTheSameTablesPackedAndAlone() throws IOException {
    String[] settings = {
      "model = rbm, training.epochs = 1",
      "sweep.space { network.hidden = [[4], [5]], rbm.beta = [0.5, 1, 1.5, 2] }",
      "sweep.arms { with { rule = sbp }, without { rule = plain } }",
      "sweep.seeds = [1, 2, 3, 4]"
    };

    SortedMap<String, String> packed = tables("packed", "sweep.pack = auto", settings);

    assertThat(SweepFixture.rows(folder.resolve("packed/test/trials.csv"))).hasSize(64);
    assertThat(packed).isEqualTo(tables("alone", "sweep.pack = 1", settings));
  }

  @Test
  void rungsStopTheSameTrialsOfAPack() throws IOException {
    String[] settings = {
      "model = rbm",
      "sweep.space.rbm.beta = [0.25, 0.5, 1, 2]",
      "sweep.seeds = [1, 2]",
      "sweep.stopping { method = successive-halving, rungs = [1, 2], eta = 2 }"
    };

    SortedMap<String, String> packed = tables("packed", "sweep.pack = auto", settings);

    assertThat(SweepFixture.rows(folder.resolve("packed/test/trials.csv")))
        .extracting(row -> row.get("status"))
        .containsOnly("stopped", "done");
    assertThat(packed).isEqualTo(tables("alone", "sweep.pack = 1", settings));
  }

  @Test
  void aTrialOnAPlateauLeavesThePackAndTheOthersGoOn() throws IOException {
    String[] settings = {
      "model = rbm, training.epochs = 9",
      "sweep.space.rbm.beta = [0.25, 1, 4]",
      "sweep.seeds = [1, 2]",
      "sweep.stopping { method = plateau, patience = 1 }"
    };

    SortedMap<String, String> packed = tables("packed", "sweep.pack = auto", settings);

    assertThat(SweepFixture.rows(folder.resolve("packed/test/trials.csv")))
        .extracting(row -> row.get("epochs"))
        .satisfies(epochs -> assertThat(Set.copyOf(epochs)).hasSizeGreaterThan(1))
        .anySatisfy(epochs -> assertThat(epochs).isNotEqualTo("9"));
    assertThat(packed).isEqualTo(tables("alone", "sweep.pack = 1", settings));
  }

  @Test
  void aTrialThatDivergesIsRecordedAndDisturbsNoOther() throws IOException {
    String[] settings = {
      "model = spiking-mlp, rule = bp, spiking-mlp.steps = 4",
      "sweep.space.spiking-mlp.learning-rate = [1e-3, 1e38, 1e-2]"
    };

    SortedMap<String, String> packed = tables("packed", "sweep.pack = auto", settings);

    List<Map<String, String>> trials = SweepFixture.rows(folder.resolve("packed/test/trials.csv"));
    assertThat(trials)
        .extracting(row -> row.get("status"))
        .containsExactly("done", "failed", "done");
    assertThat(trials.get(1).get("reason")).contains("diverged").contains("not finite");
    assertThat(packed).isEqualTo(tables("alone", "sweep.pack = 1", settings));
  }

  @Test
  void trialsForWhichTheCardHasNoMemoryAreTrainedInSmallerPacks() throws IOException {
    String[] settings = {
      "model = " + SmallCardModelType.NAME, "rule = sbp", "sweep.seeds = [1, 2, 3, 4, 5, 6, 7, 8]"
    };
    SmallCardModelType.refused();

    SortedMap<String, String> packed = tables("packed", "sweep.pack = auto", settings);

    assertThat(SmallCardModelType.refused()).as("eight, and four twice").isEqualTo(3);
    assertThat(SweepFixture.rows(folder.resolve("packed/test/trials.csv")))
        .hasSize(8)
        .extracting(row -> row.get("status"))
        .containsOnly("done");
    assertThat(packed).isEqualTo(tables("alone", "sweep.pack = 1", settings));
  }

  @Test
  void trialsThatWereTrainedBeforeAreNotTrainedAgainInAPack() throws IOException {
    Path results = folder.resolve("results");
    run(results, "model = rbm, rule = sbp", "sweep.seeds = [2, 3]");

    SweepOutcome outcome =
        run(results, "model = rbm, rule = sbp", "sweep.seeds = [1, 2, 3, 4]", "sweep.name = more");

    assertThat(outcome.ran()).isEqualTo(2);
    assertThat(outcome.done()).isEqualTo(4);
  }

  @Test
  @Timeout(120)
  void aSweepThatIsStoppedWithinAPackEndsAndGoesOn() throws Exception {
    String[] settings = {"model = rbm, training.epochs = 2000", PAIRS[0], PAIRS[1]};
    Path stopped = folder.resolve("stopped");
    SweepJob job = SweepFixture.job(spark, data, stopped, onCard(settings));
    Thread stopping =
        new Thread(
            () -> {
              while (activeTasks() == 0) {
                Thread.onSpinWait();
              }
              job.requestStop();
            });
    stopping.start();

    SweepOutcome outcome = job.run(StartMode.NEW, 0);

    stopping.join();
    assertThat(outcome.finished()).isFalse();
    assertThat(outcome.ran()).isZero();
    String[] shorter = {"model = rbm, training.epochs = 2", PAIRS[0], PAIRS[1]};
    SweepOutcome resumed =
        SweepFixture.job(spark, data, stopped, onCard(shorter)).run(StartMode.RESUME, 0);
    assertThat(resumed.finished()).isTrue();
    assertThat(SweepFixture.tables(stopped.resolve("test")))
        .isEqualTo(tables("undisturbed", "sweep.pack = auto", shorter));
  }

  private static int activeTasks() {
    JavaSparkStatusTracker tracker = spark.statusTracker();
    int tasks = 0;
    for (int stage : tracker.getActiveStageIds()) {
      SparkStageInfo info = tracker.getStageInfo(stage);
      tasks += info == null ? 0 : info.numActiveTasks();
    }
    return tasks;
  }

  private SortedMap<String, String> tables(String name, String first, String... settings)
      throws IOException {
    Path results = folder.resolve(name);
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = first;
    assertThat(run(results, all).finished()).isTrue();
    return SweepFixture.tables(results.resolve("test"));
  }

  private static SweepOutcome run(Path results, String... settings) throws IOException {
    return SweepFixture.run(spark, data, results, onCard(settings));
  }

  private static String[] onCard(String... settings) {
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = "compute.device = gpu";
    return all;
  }
}
