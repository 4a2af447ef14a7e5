package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.sweep.plan.SweepData;

/** A sweep whose process is killed, again and again. */
@Tag("slow")
class SweepRestartTest {

  private static final String[] SETTINGS = {
    "training.epochs = 6",
    "sweep.space.snn.beta { from = 0.1, to = 0.6, steps = 12 }",
    "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
    "sweep.seeds = [1, 2]",
    "sweep.compact-every = 10",
    "sweep.stopping { rungs = [2, 4], eta = 2 }"
  };

  @TempDir Path folder;
  private String[] settings;

  @ParameterizedTest
  @ValueSource(
      strings = {"method = successive-halving", "method = asynchronous-halving, brackets = 2"})
  void killedDriverGoesOnToTheTablesOfAnUndisturbedSweep(String stopping) throws Exception {
    settings = SweepFixture.with(SETTINGS, "sweep.stopping { " + stopping + " }");
    SweepData data = SweepFixture.data(folder.resolve("shards"), 120, 40);
    Path killed = folder.resolve("killed");

    killAfterRecords(killed, 5);
    long first = SweepFixture.records(killed);
    assertThat(first).isLessThan(48);
    killAfterRecords(killed, 30);
    long before = SweepFixture.records(killed);
    assertThat(before).isGreaterThan(first);

    try (JavaSparkContext spark = SweepFixture.spark()) {
      SweepOutcome resumed = SweepFixture.run(spark, data, killed, settings);

      assertThat(resumed.finished()).isTrue();
      assertThat(resumed.ran()).as("48 to rung 2, 24 to rung 4, 12 to the end").isLessThan(84);
    }
    // Another process, whose identity hashes are others.
    Path whole = folder.resolve("whole");
    assertThat(SweepProcess.start(folder, arguments(whole)).waitFor())
        .as(SweepFixture.read(folder.resolve("process.log")))
        .isZero();
    assertThat(SweepFixture.tables(killed.resolve("test")))
        .isEqualTo(SweepFixture.tables(whole.resolve("test")));
  }

  private String[] arguments(Path results) {
    String[] arguments = new String[3 + settings.length];
    arguments[0] = "local[2]";
    arguments[1] = folder.resolve("shards").toString();
    arguments[2] = results.toString();
    System.arraycopy(settings, 0, arguments, 3, settings.length);
    return arguments;
  }

  /** Kills the process as soon as that many trials have left something. */
  private void killAfterRecords(Path results, int records)
      throws IOException, InterruptedException {
    Process process = SweepProcess.start(folder, arguments(results));
    while (process.isAlive() && SweepFixture.records(results) < records) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(process.isAlive())
        .as(
            "the process was to be killed, but ended: %s",
            SweepFixture.read(folder.resolve("process.log")))
        .isTrue();
    process.destroyForcibly().waitFor();
  }
}
