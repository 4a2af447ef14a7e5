package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.sweep.results.TrialRecord;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.RunConflictException;
import org.sparksbp.training.StartMode;
import org.sparksbp.training.TrainingData;
import org.sparksbp.training.TrainingJob;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingSettings;

class SweepJobTest extends SmallSweeps {

  private static final String[] PAIRS = {
    "sweep.space.snn.beta = [0.25, 0.5]",
    "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
    "sweep.seeds = [1, 2]"
  };

  private static final String[] HALVING = {
    "sweep.space.snn.beta = [0.1, 0.2, 0.3, 0.4]",
    "sweep.seeds = [1, 2]",
    "sweep.stopping { method = successive-halving, rungs = [1, 2], eta = 2 }"
  };

  @Test
  void tablesHaveARowForEachTrialAndEachEpoch() throws IOException {
    SweepOutcome outcome = SweepFixture.run(spark, data, results, PAIRS);

    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.trials()).isEqualTo(8);
    assertThat(outcome.ran()).isEqualTo(8);
    assertThat(outcome.done()).isEqualTo(8);
    List<Map<String, String>> trials = SweepFixture.rows(results.resolve("test/trials.csv"));
    assertThat(trials).hasSize(8);
    assertThat(trials.get(2))
        .containsEntry("arm", "without")
        .containsEntry("rule", "symmetric-stdp")
        .containsEntry("snn.beta", "0.25")
        .containsEntry("seed", "1")
        .containsEntry("data", data.fingerprint())
        .containsEntry("status", "done")
        .containsEntry("epochs", "3")
        // mn + nk + n of 12-4-3
        .containsEntry("complexity_per_epoch", "64.0");
    List<Map<String, String>> epochs = SweepFixture.rows(results.resolve("test/epochs.csv"));
    assertThat(epochs).hasSize(24);
    assertThat(epochs.get(23)).containsEntry("epoch", "3").containsEntry("number", "7");
    assertThat(trials.get(7)).containsEntry("last_test_error", epochs.get(23).get("test_error"));
    // 60 weights: 10 steps, 25 iterations (48 of them forwards alone), the rule's two products.
    long learned = 3 * Long.parseLong(epochs.get(8).get("training_samples"));
    assertThat(trials.get(2))
        .containsEntry("multiply_accumulates", Long.toString(learned * (600 + 25 * 72 + 120)))
        .containsEntry("graded_multiply_accumulates", trials.get(2).get("multiply_accumulates"))
        .containsEntry("spiking_phase_multiply_accumulates", Long.toString(learned * 600))
        .containsEntry("synaptic_operations", "0")
        .containsEntry(
            "energy_driven_by_spikes_joules", trials.get(2).get("energy_of_products_joules"));
    assertThat(epochs.get(8))
        .containsEntry("spiking_phase_multiply_accumulates", Long.toString(learned / 3 * 600));
    assertThat(SweepFixture.rows(results.resolve("test/trial-times.csv"))).hasSize(8);
    assertThat(SweepFixture.rows(results.resolve("test/epoch-times.csv"))).hasSize(24);
  }

  @Test
  void tablesTellOfTrialsThatHaveEndedWhileOthersAreTrained() throws IOException {
    List<Integer> seen = new ArrayList<>();
    SweepListener reader =
        new SweepListener() {
          @Override
          public void trialEnded(SweepProgress progress) {
            // Comes before the tables of this trial, which may be left out if the last took long.
            Path trials = results.resolve("test/trials.csv");
            seen.add(Files.exists(trials) ? SweepFixture.rows(trials).size() : -1);
          }
        };
    String[] settings = SweepFixture.with(HALVING, "sweep.refresh = 1e-9", "sweep.compact-every=3");

    SweepOutcome outcome =
        SweepFixture.job(spark, data, results, reader, settings).run(StartMode.NEW, 0);

    assertThat(outcome.finished()).isTrue();
    assertThat(seen.subList(0, 2)).containsExactly(-1, 1);
    assertThat(seen).isSorted();
    SortedMap<String, String> live = SweepFixture.tables(results.resolve("test"));
    Path without = results.resolveSibling("without-refreshing");
    SweepFixture.run(spark, data, without, SweepFixture.with(HALVING, "sweep.refresh = 0"));
    assertThat(SweepFixture.tables(without.resolve("test"))).isEqualTo(live);
  }

  @Test
  void trialIsATrainingJobOfOneWorkerToTheBit() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);
    PlannedTrial trial = SweepFixture.job(spark, data, results, PAIRS).planned().get(5);

    ShardSet set =
        ShardSet.open(spark.hadoopConfiguration(), new org.apache.hadoop.fs.Path(data.folder()));
    TrainingSettings settings = TrainingSettings.of(trial.configuration());
    TrainingData input = TrainingData.of(spark, set, data.measures(), settings);
    TrainingOutcome job =
        new TrainingJob(
                spark,
                settings,
                input,
                new org.apache.hadoop.fs.Path(results.resolve("job").toUri()),
                List.of())
            .run(StartMode.NEW);

    assertThat(job.run()).isEqualTo(trial.id());
    TrialRecord record =
        new ResultsFolder(
                spark.hadoopConfiguration(), new org.apache.hadoop.fs.Path(results.toUri()))
            .ended(trial.id())
            .orElseThrow();
    assertThat(record.epochs().stream().map(EpochReport::measures).toList())
        .isEqualTo(job.epochs().stream().map(EpochReport::measures).toList());
    assertThat(record.epochs().stream().map(EpochReport::trainingWork).toList())
        .isEqualTo(job.epochs().stream().map(EpochReport::trainingWork).toList());
  }

  @Test
  void trialThatHasEndedIsNeverTrainedAgain() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);
    SortedMap<String, String> first = SweepFixture.tables(results.resolve("test"));

    SweepOutcome again = SweepFixture.run(spark, data, results, PAIRS);

    assertThat(again.ran()).isZero();
    assertThat(again.finished()).isTrue();
    assertThat(SweepFixture.tables(results.resolve("test"))).isEqualTo(first);
  }

  @Test
  void sweepInPiecesGivesTheTablesOfAWholeOne() throws IOException {
    SweepFixture.run(spark, data, results.resolve("whole"), PAIRS);

    SweepOutcome piece =
        SweepFixture.job(spark, data, results.resolve("pieces"), PAIRS).run(StartMode.NEW, 3);
    assertThat(piece.finished()).isFalse();
    assertThat(piece.ran()).isEqualTo(3);
    assertThat(SweepFixture.rows(results.resolve("pieces/test/trials.csv"))).hasSize(3);
    SweepFixture.job(spark, data, results.resolve("pieces"), PAIRS).run(StartMode.NEW, 2);
    SweepOutcome last = SweepFixture.run(spark, data, results.resolve("pieces"), PAIRS);

    assertThat(last.ran()).isEqualTo(3);
    assertThat(SweepFixture.tables(results.resolve("pieces/test")))
        .isEqualTo(SweepFixture.tables(results.resolve("whole/test")));
  }

  @Test
  void failingTrialIsRecordedWithItsReasonAndTheSweepGoesOn() throws IOException {
    SweepOutcome outcome =
        SweepFixture.run(
            spark,
            data,
            results,
            "sweep.space.rule = [sbp, no-such-rule]",
            "sweep.arms { low { snn.beta = 0.25 }, high { snn.beta = 0.5 } }");

    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.failed()).isEqualTo(2);
    assertThat(outcome.done()).isEqualTo(2);
    List<Map<String, String>> rows = SweepFixture.rows(results.resolve("test/trials.csv"));
    assertThat(rows.get(2)).containsEntry("status", "failed").containsEntry("epochs", "0");
    assertThat(rows.get(2).get("reason")).contains("no-such-rule");
    assertThat(
            SweepFixture.run(
                    spark,
                    data,
                    results,
                    "sweep.space.rule = [no-such-rule]",
                    "snn.beta = 0.25",
                    "sweep.name = again")
                .ran())
        .isZero();
    List<Map<String, String>> compared = SweepFixture.rows(results.resolve("test/comparison.csv"));
    assertThat(compared.get(2)).containsEntry("seeds_compared", "0").containsEntry("cost", "");
    assertThat(compared.get(2).get("not_comparable")).contains("arm high failed");
  }

  @Test
  void divergedTrialIsRecordedWithTheEpochsBeforeIt() throws IOException {
    SweepOutcome outcome =
        SweepFixture.run(
            spark,
            data,
            results,
            "model = spiking-mlp, rule = bp, spiking-mlp.steps = 4",
            "sweep.space.spiking-mlp.learning-rate = [1e-3, 1e38]");

    assertThat(outcome.failed()).isEqualTo(1);
    Map<String, String> failed = SweepFixture.rows(results.resolve("test/trials.csv")).get(1);
    assertThat(failed.get("reason")).contains("diverged").contains("not finite");
  }

  @Test
  void comparisonHasTheCostOfEachArm() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);

    List<Map<String, String>> rows = SweepFixture.rows(results.resolve("test/comparison.csv"));

    assertThat(rows).hasSize(4);
    assertThat(rows)
        .extracting(row -> row.get("arm"))
        .containsExactly("with", "without", "with", "without");
    for (Map<String, String> row : rows) {
      int compared = Integer.parseInt(row.get("seeds_compared"));
      if (compared > 0) {
        assertThat(Double.parseDouble(row.get("cost")))
            .isEqualTo(Double.parseDouble(row.get("mean_epochs")) * 64);
      }
      if (compared < 2) {
        assertThat(row.get("not_comparable")).contains("seed");
      }
    }
  }

  @Test
  void twoSweepsShareTrialsAndKeepTheirTables() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);
    SortedMap<String, String> first = SweepFixture.tables(results.resolve("test"));

    SweepOutcome other =
        SweepFixture.run(
            spark,
            data,
            results,
            "sweep.name = other",
            "sweep.space.snn.beta = [0.5, 0.75]",
            "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
            "sweep.seeds = [1, 2]");

    assertThat(other.trials()).isEqualTo(8);
    assertThat(other.ran()).isEqualTo(4);
    assertThat(SweepFixture.tables(results.resolve("test"))).isEqualTo(first);
    assertThat(SweepFixture.rows(results.resolve("other/trials.csv"))).hasSize(8);
  }

  @Test
  void sweepsAtTheSameTimeDoNotSpoilEachOther() throws Exception {
    SweepFixture.run(spark, data, results.resolve("alone"), PAIRS);
    SweepFixture.run(
        spark, data, results.resolve("alone"), SweepFixture.with(HALVING, "sweep.name = other"));

    Path shared = results.resolve("shared");
    List<Throwable> thrown = new ArrayList<>();
    Thread other =
        new Thread(
            () -> {
              try {
                SweepFixture.run(
                    spark,
                    data,
                    shared,
                    SweepFixture.with(HALVING, "sweep.name = other", "sweep.compact-every = 3"));
              } catch (IOException | RuntimeException e) {
                thrown.add(e);
              }
            });
    other.start();
    SweepFixture.run(spark, data, shared, SweepFixture.with(PAIRS, "sweep.compact-every = 2"));
    other.join();

    assertThat(thrown).isEmpty();
    for (String name : List.of("test", "other")) {
      assertThat(SweepFixture.tables(shared.resolve(name)))
          .isEqualTo(SweepFixture.tables(results.resolve("alone").resolve(name)));
    }
  }

  @Test
  void unfinishedSweepThatDiffersIsRefusedUnlessResumed() throws IOException {
    SweepFixture.job(spark, data, results, PAIRS).run(StartMode.NEW, 1);
    String[] changed = SweepFixture.with(PAIRS, "training.epochs = 2");

    assertThatThrownBy(() -> SweepFixture.run(spark, data, results, changed))
        .isInstanceOf(RunConflictException.class)
        .hasMessageContaining("training.epochs is 3 there, 2 here")
        .hasMessageContaining("--resume");

    SweepOutcome resumed = SweepFixture.job(spark, data, results, changed).run(StartMode.RESUME, 0);
    assertThat(resumed.finished()).isTrue();
  }

  @Test
  void finishedSweepGrowsWithoutAFlagAndLosesNoRowWithoutOne() throws IOException {
    SweepJob first = SweepFixture.job(spark, data, results, PAIRS);
    first.startedBy("two seeds");
    first.run(StartMode.NEW, 0);
    String[] grown = SweepFixture.with(PAIRS, "sweep.seeds = [1, 2, 3]");

    SweepJob second = SweepFixture.job(spark, data, results, grown);
    second.startedBy("three seeds");
    SweepOutcome more = second.run(StartMode.NEW, 0);

    assertThat(more.ran()).isEqualTo(4);
    assertThat(results.resolve("test/sweep.json"))
        .content()
        .contains("[ \"two seeds\", \"three seeds\" ]");
    SortedMap<String, String> tables = SweepFixture.tables(results.resolve("test"));
    assertThatThrownBy(() -> SweepFixture.run(spark, data, results, PAIRS))
        .isInstanceOf(RunConflictException.class)
        .hasMessageContaining("finished sweep with trials that are not planned here")
        .hasMessageContaining("sweep.seeds is [1,2,3] there, [1,2] here")
        .hasMessageContaining("--resume");
    assertThat(SweepFixture.tables(results.resolve("test"))).isEqualTo(tables);

    SweepOutcome replaced = SweepFixture.job(spark, data, results, PAIRS).run(StartMode.RESUME, 0);
    assertThat(replaced.ran()).isZero();
    assertThat(SweepFixture.rows(results.resolve("test/trials.csv"))).hasSize(8);
  }

  @Test
  void aSweepWhoseDescriptionWasCutTrainsNothingAgainOnceThatIsDeleted() throws IOException {
    SweepFixture.run(spark, data, results, PAIRS);
    Path description = results.resolve("test/sweep.json");
    String whole = Files.readString(description);
    Files.writeString(description, whole.substring(0, whole.length() / 2));
    assertThatThrownBy(() -> SweepFixture.run(spark, data, results, PAIRS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("sweep.json: line ")
        .hasMessageContaining("delete it and run the sweep again, which keeps all trials");

    Files.delete(description);
    assertThat(SweepFixture.job(spark, data, results, PAIRS).run(StartMode.NEW, 0).ran()).isZero();
    assertThat(description).content().isEqualTo(whole);
  }

  @Test
  void manyRecordsArePutTogether() throws IOException {
    SweepFixture.run(spark, data, results.resolve("plain"), PAIRS);

    SweepFixture.run(
        spark,
        data,
        results.resolve("compact"),
        SweepFixture.with(PAIRS, "sweep.compact-every = 2"));

    assertThat(SweepFixture.files(results.resolve("plain/trials"), ".json")).isEqualTo(8);
    assertThat(SweepFixture.files(results.resolve("compact/trials"), ".json")).isLessThan(2);
    assertThat(SweepFixture.files(results.resolve("compact/parts"), ".parquet")).isPositive();
    assertThat(SweepFixture.tables(results.resolve("compact/test")))
        .isEqualTo(SweepFixture.tables(results.resolve("plain/test")));
    assertThat(SweepFixture.run(spark, data, results.resolve("compact"), PAIRS).ran()).isZero();
  }

  @Test
  void halvingStopsTheWorsePointsAndTrainsTheBestToTheEnd() throws IOException {
    String[] full = {HALVING[0], HALVING[1]};
    SweepFixture.run(spark, data, results.resolve("full"), full);
    List<Map<String, String>> epochs = SweepFixture.rows(results.resolve("full/test/epochs.csv"));
    int[] expected = expectedEpochs(epochs);

    SweepOutcome outcome = SweepFixture.run(spark, data, results.resolve("halved"), HALVING);

    List<Map<String, String>> trials = SweepFixture.rows(results.resolve("halved/test/trials.csv"));
    for (int trial = 0; trial < 8; trial++) {
      assertThat(trials.get(trial).get("epochs")).isEqualTo(String.valueOf(expected[trial / 2]));
      assertThat(trials.get(trial).get("status"))
          .isEqualTo(expected[trial / 2] == 3 ? "done" : "stopped");
    }
    assertThat(outcome.done()).isEqualTo(2);
    assertThat(outcome.stopped()).isEqualTo(6);
    assertThat(SweepFixture.files(results.resolve("halved"), ".state")).isZero();
    List<Map<String, String>> halved = SweepFixture.rows(results.resolve("halved/test/epochs.csv"));
    assertThat(halved).isSubsetOf(epochs);
  }

  /**
   * On one core and on two, and stopped after every few trials: the same points, the same bytes.
   */
  @Test
  void asynchronousHalvingDecidesTheSameHoweverTrialsCome() throws IOException {
    String[] settings = {
      "sweep.space.snn.beta { from = 0.1, to = 0.6, steps = 9 }",
      HALVING[1],
      "sweep.stopping { method = asynchronous-halving, rungs = [1, 2], eta = 2 }"
    };
    SweepOutcome whole = SweepFixture.run(spark, data, results.resolve("whole"), settings);
    assertThat(whole.done()).as("points to the end").isBetween(2, 8);
    assertThat(whole.done() + whole.stopped()).isEqualTo(18);
    assertThat(SweepFixture.files(results.resolve("whole"), ".state")).isZero();

    assertThat(callsOfTheSameSweepInParts(5, settings)).isGreaterThan(3);

    String[] inTurn = SweepFixture.with(settings, "sweep.execution = one-after-another");
    SweepOutcome slow = SweepFixture.run(spark, data, results.resolve("slow"), inTurn);
    assertThat(slow.done()).isPositive();
    assertThat(slow.done() + slow.stopped()).isEqualTo(18);
  }

  /** Points of two brackets with the same trials want them at different rungs. */
  @Test
  void asynchronousHalvingTrainsTrialsOnceThatPointsShare() throws IOException {
    String[] settings = {
      "sweep.space.snn.beta = [0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.3, 0.4]",
      HALVING[1],
      "sweep.stopping { method = asynchronous-halving, rungs = [1, 2], eta = 2, brackets = 3 }"
    };
    SweepOutcome whole = SweepFixture.run(spark, data, results.resolve("whole"), settings);
    assertThat(whole.finished()).isTrue();
    List<Map<String, String>> rows = SweepFixture.rows(results.resolve("whole/test/trials.csv"));
    assertThat(rows).hasSize(16);
    assertThat(rows).extracting(row -> row.get("status")).containsOnly("done", "stopped");
    assertThat(rows).extracting(row -> row.get("epochs")).contains("1", "3");

    assertThat(callsOfTheSameSweepInParts(1, settings)).isGreaterThan(1);
  }

  /**
   * Runs a sweep a few trials a call, to the tables of the one in "whole"; how many calls it took.
   */
  private int callsOfTheSameSweepInParts(int trials, String... settings) throws IOException {
    SweepOutcome part;
    int calls = 0;
    do {
      part =
          SweepFixture.job(spark, data, results.resolve("parts"), settings)
              .run(StartMode.NEW, trials);
      calls++;
    } while (!part.finished());
    assertThat(SweepFixture.tables(results.resolve("parts/test")))
        .isEqualTo(SweepFixture.tables(results.resolve("whole/test")));
    return calls;
  }

  /** Epochs of the four points from the whole curves: two go on from epoch 1, one from epoch 2. */
  private static int[] expectedEpochs(List<Map<String, String>> epochs) {
    int[] expected = new int[4];
    List<Integer> running = new ArrayList<>(List.of(0, 1, 2, 3));
    for (int rung = 1; rung <= 2; rung++) {
      int upTo = rung;
      double[] scores = new double[4];
      for (int point : running) {
        double sum = 0;
        for (int seed = 1; seed <= 2; seed++) {
          String of = String.valueOf(seed);
          sum +=
              epochs.stream()
                  .filter(row -> row.get("point").equals(String.valueOf(point)))
                  .filter(row -> row.get("seed").equals(of))
                  .filter(row -> Integer.parseInt(row.get("epoch")) <= upTo)
                  .mapToDouble(row -> Double.parseDouble(row.get("validation_error")))
                  .min()
                  .orElseThrow();
        }
        scores[point] = sum / 2;
      }
      running.sort(java.util.Comparator.comparingDouble(point -> scores[point]));
      int kept = running.size() / 2;
      for (int point : running.subList(kept, running.size())) {
        expected[point] = rung;
      }
      running = new ArrayList<>(running.subList(0, kept));
      running.sort(null);
    }
    expected[running.get(0)] = 3;
    return expected;
  }

  @Test
  void halvedSweepGoesOnFromItsRungs() throws IOException {
    SweepFixture.run(spark, data, results.resolve("whole"), HALVING);

    int ran = 0;
    SweepOutcome outcome;
    do {
      outcome =
          SweepFixture.job(spark, data, results.resolve("pieces"), HALVING).run(StartMode.NEW, 3);
      ran += outcome.ran();
    } while (!outcome.finished());

    assertThat(ran).as("8 trials to rung 1, 4 to rung 2, 2 to the end").isEqualTo(14);
    assertThat(SweepFixture.tables(results.resolve("pieces/test")))
        .isEqualTo(SweepFixture.tables(results.resolve("whole/test")));
  }

  @Test
  void plateauEndsATrialEarlyWithItsReason() throws IOException {
    SweepOutcome outcome =
        SweepFixture.run(
            spark,
            data,
            results,
            "training.epochs = 12",
            "sweep.stopping { method = plateau, patience = 1, min-delta = 0.9 }");

    assertThat(outcome.stopped()).isEqualTo(1);
    Map<String, String> row = SweepFixture.rows(results.resolve("test/trials.csv")).get(0);
    assertThat(row).containsEntry("status", "stopped").containsEntry("epochs", "2");
    assertThat(row.get("reason")).contains("plateau");
  }

  @Test
  void oneAfterAnotherTrainsEachTrialWithAllWorkers() throws IOException {
    String[] settings = {
      "sweep.execution = one-after-another", "sweep.space.rule = [sbp, no-such-rule]"
    };
    SweepOutcome outcome = SweepFixture.run(spark, data, results, settings);

    assertThat(outcome.done()).isEqualTo(1);
    assertThat(outcome.failed()).isEqualTo(1);
    PlannedTrial first = SweepFixture.job(spark, data, results, settings).planned().get(0);
    assertThat(first.configuration().getInt("training.workers")).isEqualTo(2);
    assertThat(SweepFixture.rows(results.resolve("test/epochs.csv"))).hasSize(3);
    assertThat(Files.exists(results.resolve("runs/test").resolve(first.id()))).isFalse();
    assertThat(SweepFixture.run(spark, data, results, settings).ran()).isZero();
  }

  @Test
  void oneAfterAnotherGoesOnFromRungs() throws IOException {
    String[] settings = SweepFixture.with(HALVING, "sweep.execution = one-after-another");

    SweepOutcome outcome = SweepFixture.run(spark, data, results, settings);

    assertThat(outcome.done()).isEqualTo(2);
    assertThat(outcome.stopped()).isEqualTo(6);
    assertThat(outcome.ran()).isEqualTo(14);
  }
}
