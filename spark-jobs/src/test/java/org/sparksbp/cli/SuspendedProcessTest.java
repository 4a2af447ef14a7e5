package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.training.TrainingFixture;

/** A laptop that sleeps while it trains. */
@Tag("slow")
class SuspendedProcessTest {

  /** Spark's patience with silent executors, shortened from two minutes. */
  private static final List<String> SHORT =
      List.of(
          "--conf=spark.network.timeout=2s",
          "--conf=spark.network.timeoutInterval=500ms",
          "--conf=spark.executor.heartbeatInterval=100ms");

  /**
   * Behind that, in seconds: an executor that was given up ends the process after 60 heartbeats.
   */
  private static final int ASLEEP = 5;

  private static final int AWAKE = 15;

  @TempDir Path folder;

  @Test
  void goesOnWhenItWakesUp() throws Exception {
    Path raw = RawDigits.write(folder.resolve("raw"), 300, 30);
    CommandRun prepared =
        CommandRun.onTwoCores(
            "prepare", "mnist", "--input=" + raw, "--output=" + folder.resolve("shards"));
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    Path log = folder.resolve("training.log");
    Path metrics = folder.resolve("run/metrics.jsonl");
    Process training = train(log);
    try {
      while (!Files.exists(metrics)) {
        assertThat(training.isAlive()).as(Files.readString(log)).isTrue();
        Thread.sleep(50);
      }
      TrainingFixture.signal(training.toHandle(), "STOP");
      TimeUnit.SECONDS.sleep(ASLEEP);
      int before = Files.readAllLines(metrics).size();
      TrainingFixture.signal(training.toHandle(), "CONT");

      boolean ended = training.waitFor(AWAKE, TimeUnit.SECONDS);
      assertThat(ended).as("%s", Files.readString(log)).isFalse();
      training.destroy();
      assertThat(training.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(training.exitValue()).as(Files.readString(log)).isEqualTo(130);
      assertThat(Files.readAllLines(metrics)).hasSizeGreaterThan(before);
    } finally {
      training.destroyForcibly();
    }
  }

  private Process train(Path log) throws IOException {
    String[] command = {
      Sbp.class.getName(),
      "train",
      "--data=" + folder.resolve("shards"),
      "--output=" + folder.resolve("run"),
      "--master=local[2]",
      "--set=network.hidden=[20]",
      "--set=training.epochs=1000000",
      "--set=training.workers=2",
      "--set=compute.kernels=plain",
      SHORT.get(0),
      SHORT.get(1),
      SHORT.get(2)
    };
    return TrainingFixture.java(List.of("--add-modules=jdk.incubator.vector"), command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
