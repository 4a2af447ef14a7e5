package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.training.RunConflictException;
import org.sparksbp.training.StartMode;

/** Sweeps whose later points follow from earlier results. */
class SweepSearchTest {

  private static final String SPACE =
      "sweep.space { snn.beta { from = 0.1, to = 1.0 }, training.batch = [5, 10],"
          + " snn.epsilon { from = 0.01, to = 1.0, scale = log, when { training.batch = 5 } } }";

  private static final String[] SEARCH = {
    SPACE,
    "sweep { design = tpe, points = 9, tpe { startup = 4, batch = 3 }, seeds = [1, 2] }",
    "training.epochs = 2"
  };

  @TempDir static Path folder;
  @TempDir Path results;
  private static JavaSparkContext spark;
  private static SweepData data;

  @BeforeAll
  static void start() throws IOException {
    data = SweepFixture.data(folder.resolve("shards"), 60, 12);
    spark = SweepFixture.spark();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void beginsWithTheRandomPointsAndProposesOthersFromTheirResults() throws IOException {
    SweepOutcome outcome = SweepFixture.run(spark, data, results, SEARCH);

    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.points()).isEqualTo(9);
    assertThat(outcome.planned()).isEqualTo(18);
    assertThat(outcome.done()).isEqualTo(18);
    List<Map<String, String>> trials = SweepFixture.rows(results.resolve("test/trials.csv"));
    assertThat(trials).hasSize(18);
    SweepFixture.run(
        spark,
        data,
        results,
        SPACE,
        "training.epochs = 2",
        "sweep { name = drawn, design = random, points = 9, seeds = [1, 2] }");
    List<Map<String, String>> drawn = SweepFixture.rows(results.resolve("drawn/trials.csv"));
    for (int trial = 0; trial < 18; trial++) {
      String same = trials.get(trial).get("trial");
      assertThat(drawn.get(trial).get("trial").equals(same))
          .as("trial %d", trial)
          .isEqualTo(trial < 8);
    }
  }

  @Test
  void growsByMorePointsWithoutAFlagAndByNothingElse() throws IOException {
    SweepFixture.run(spark, data, results, SEARCH);
    List<Map<String, String>> first = SweepFixture.rows(results.resolve("test/trials.csv"));

    SweepOutcome more =
        SweepFixture.run(spark, data, results, SweepFixture.with(SEARCH, "sweep.points = 11"));

    assertThat(more.ran()).isEqualTo(4);
    List<Map<String, String>> grown = SweepFixture.rows(results.resolve("test/trials.csv"));
    assertThat(grown.subList(0, 18))
        .extracting(row -> row.get("trial"))
        .containsExactlyElementsOf(first.stream().map(row -> row.get("trial")).toList());
    String[] other = SweepFixture.with(SEARCH, "sweep.points = 11", "sweep.seed = 8");
    assertThatThrownBy(() -> SweepFixture.run(spark, data, results, other))
        .isInstanceOf(RunConflictException.class)
        .hasMessageContaining("sweep.seed is");
  }

  @Test
  void inPiecesItProposesTheSamePoints() throws IOException {
    SweepFixture.run(spark, data, results.resolve("whole"), SEARCH);

    SweepOutcome piece = null;
    for (int call = 0; call < 5; call++) {
      piece =
          SweepFixture.job(spark, data, results.resolve("pieces"), SEARCH).run(StartMode.NEW, 4);
      assertThat(piece.finished()).isEqualTo(call == 4);
    }

    assertThat(piece.ran()).isEqualTo(2);
    assertThat(SweepFixture.tables(results.resolve("pieces/test")))
        .isEqualTo(SweepFixture.tables(results.resolve("whole/test")));
    assertThat(SweepFixture.run(spark, data, results.resolve("pieces"), SEARCH).ran()).isZero();
  }

  @Test
  void takesNoRungs() {
    assertThatThrownBy(
            () ->
                SweepFixture.plan(
                    SPACE,
                    "sweep { design = tpe,"
                        + " stopping { method = successive-halving, rungs = [1] } }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sweep.design")
        .hasMessageContaining("take no rungs");
  }
}
