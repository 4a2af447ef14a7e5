package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.sweep.results.CompactedRecords;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.training.StartMode;

/** Trials that are trained again, and those that are not although one might think so. */
class SweepAgainTest {

  private static final String[] PAIRS = {
    "sweep.space.snn.beta = [0.25, 0.5]",
    "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
    "sweep.seeds = [1, 2]"
  };

  private static final String[] WITH_A_BROKEN_ARM = {
    "sweep.arms { with { rule = sbp }, broken { rule = bp } }", "sweep.seeds = [1, 2]"
  };

  @TempDir static Path folder;
  @TempDir Path results;
  private static JavaSparkContext spark;
  private static SweepData data;

  @BeforeAll
  static void start() throws IOException {
    data = SweepFixture.data(folder.resolve("shards"), 30, 12);
    spark = SweepFixture.spark();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private SweepOutcome again(TrainAgain again, String... settings) throws IOException {
    return SweepFixture.job(spark, data, results, settings).run(StartMode.NEW, 0, again);
  }

  @Test
  void failedTrialsAreTrainedAgainOnlyWhereThatIsAskedFor() throws IOException {
    SweepOutcome first = SweepFixture.run(spark, data, results, WITH_A_BROKEN_ARM);
    assertThat(first.failed()).isEqualTo(2);
    assertThat(first.failures()).hasSize(1);
    assertThat(first.failures().values().iterator().next()).hasSize(2);
    assertThat(first.failures().firstKey()).contains("bp");
    SortedMap<String, String> tables = SweepFixture.tables(results.resolve("test"));

    assertThat(SweepFixture.run(spark, data, results, WITH_A_BROKEN_ARM).ran()).isZero();
    SweepOutcome retried = again(new TrainAgain(true, List.of()), WITH_A_BROKEN_ARM);

    assertThat(retried.ran()).isEqualTo(2);
    assertThat(SweepFixture.tables(results.resolve("test"))).isEqualTo(tables);
  }

  @Test
  void settingsThatMakeNoSenseFailTheirTrialsAndNotTheSweep() throws IOException {
    SweepOutcome outcome =
        SweepFixture.run(
            spark,
            data,
            results,
            "sweep.space { training.epochs = [0, 2], data.validation = [0.1, 1.5] }");

    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.done()).isEqualTo(1);
    assertThat(outcome.failed()).isEqualTo(3);
    assertThat(outcome.failures().keySet())
        .anyMatch(reason -> reason.contains("training.epochs"))
        .anyMatch(reason -> reason.contains("data.validation"));
  }

  @Test
  void aForgottenTrialIsTrainedAgainWhereverItsRecordIs() throws IOException {
    for (String compactEvery : List.of("500", "1")) {
      String[] settings = SweepFixture.with(PAIRS, "sweep.compact-every = " + compactEvery);
      SweepFixture.run(spark, data, results, settings);
      SortedMap<String, String> tables = SweepFixture.tables(results.resolve("test"));
      String id = SweepFixture.rows(results.resolve("test/trials.csv")).get(3).get("trial");

      SweepOutcome again = again(new TrainAgain(false, List.of(id.substring(0, 16))), settings);

      assertThat(again.ran()).as(compactEvery).isEqualTo(1);
      assertThat(SweepFixture.tables(results.resolve("test"))).isEqualTo(tables);
    }
  }

  @Test
  void aNameThatIsNoneOrManyOfTheSweepsTrialsIsRefused() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);
    for (String beginning : List.of("", "no-such-trial")) {
      assertThatThrownBy(() -> again(new TrainAgain(false, List.of(beginning)), PAIRS))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("--forget " + beginning)
          .hasMessageContaining("trials.csv");
    }
  }

  @Test
  void aRecordThatAFullDiskHasCutIsSetAsideAndItsTrialTrainedAgain() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);
    SortedMap<String, String> tables = SweepFixture.tables(results.resolve("test"));
    List<Path> records;
    try (Stream<Path> all = Files.walk(results.resolve("trials"))) {
      records = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    Files.write(records.get(0), new byte[0]);
    byte[] whole = Files.readAllBytes(records.get(5));
    Files.write(records.get(5), java.util.Arrays.copyOf(whole, whole.length / 2));
    for (Path record : records) {
      Files.deleteIfExists(record.resolveSibling("." + record.getFileName() + ".crc"));
    }
    List<String> told = new ArrayList<>();
    SweepListener listener =
        new SweepListener() {
          @Override
          public void damaged(List<org.apache.hadoop.fs.Path> files) {
            files.forEach(file -> told.add(file.getName()));
          }
        };

    SweepOutcome again =
        SweepFixture.job(spark, data, results, listener, PAIRS).run(StartMode.NEW, 0);

    assertThat(again.ran()).isEqualTo(2);
    assertThat(told)
        .containsExactlyInAnyOrder(
            records.get(0).getFileName() + ".damaged", records.get(5).getFileName() + ".damaged");
    assertThat(SweepFixture.tables(results.resolve("test"))).isEqualTo(tables);
    told.clear();
    SweepFixture.job(spark, data, results, listener, PAIRS).run(StartMode.NEW, 0);
    assertThat(told).isEmpty();
  }

  @Test
  void aTrialThatAnotherSweepHasPutIntoAPartHasEnded() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);
    ResultsFolder shared =
        new ResultsFolder(
            spark.hadoopConfiguration(), new org.apache.hadoop.fs.Path(results.toUri()));
    String id = SweepFixture.rows(results.resolve("test/trials.csv")).get(0).get("trial");
    var single = shared.ended(id).orElseThrow();

    new CompactedRecords(shared).compact(1);

    assertThat(SweepFixture.files(results.resolve("trials"), ".json")).isZero();
    assertThat(shared.ended(id)).contains(single);
    assertThat(shared.ended("0".repeat(64))).isEmpty();
  }

  /** Two cores, so that two trials run at a time; each has memory for itself alone. */
  @Test
  void trialsThatTogetherAreTooMuchForTheMemoryAreTrainedOneByOne() throws IOException {
    String[] hungry = {
      "model = " + HungryModelType.NAME,
      "rule = sbp",
      "training.epochs = 1",
      "sweep.seeds = [1, 2, 3]"
    };

    SweepOutcome outcome = SweepFixture.run(spark, data, results, hungry);

    assertThat(HungryModelType.refused()).isPositive();
    assertThat(outcome.done()).isEqualTo(3);
    assertThat(outcome.failed()).isZero();
  }

  /** The same where it is known before: none has to run out of memory first. */
  @Test
  void trialsThatAreEstimatedToFillTheMemoryAreTrainedOneByOne() throws IOException {
    String[] hungry = {
      "model = " + HungryModelType.NAME,
      "rule = sbp",
      "training.epochs = 1",
      "sweep.seeds = [1, 2, 3]"
    };
    HungryModelType.isEstimatedAt(Runtime.getRuntime().maxMemory());
    try {
      SweepOutcome outcome = SweepFixture.run(spark, data, results, hungry);

      assertThat(outcome.done()).isEqualTo(3);
      assertThat(HungryModelType.refused()).isZero();
    } finally {
      HungryModelType.isEstimatedAt(0);
    }
  }
}
