package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.storage.FolderLease;

/** Commands that find another process, here this one, writing to their output. */
class FolderInUseTest {

  private static final String SWEEP =
      """
      model = rbm, rule = sbp, network.hidden = [5], compute.device = cpu
      training { epochs = 1, batch = 10 }
      """;

  @TempDir static Path folder;

  private static Path raw;
  private static String shards;
  private static Path sweep;

  @BeforeAll
  static void prepareDigits() throws IOException {
    raw = RawDigits.write(folder.resolve("raw"), 60, 20);
    shards = folder.resolve("shards").toString();
    assertThat(prepare(shards).exitCode()).isZero();
    assertThat(folder.resolve("_shards_lease")).doesNotExist();
    sweep = Files.writeString(folder.resolve("pairs.conf"), SWEEP);
  }

  private static CommandRun prepare(String output) {
    return CommandRun.onTwoCores("prepare", "mnist", "--input", raw.toString(), "--output", output);
  }

  private static CommandRun train(Path output) {
    return CommandRun.onTwoCores(
        "train", "--config", sweep.toString(), "--data", shards, "--output", output.toString());
  }

  private static CommandRun sweep(Path output) {
    return CommandRun.onTwoCores(
        "sweep", "--config", sweep.toString(), "--data", shards, "--output", output.toString());
  }

  @Test
  void trainingEndsWithFiveAndTouchesNothing() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    try (FolderLease other = hold(run.resolve("_lease"))) {
      refused(train(run), run);
      assertThat(run).isDirectoryNotContaining(file -> !file.endsWith("_lease"));
    }
    assertThat(train(run).exitCode()).isZero();
    assertThat(run.resolve("_lease")).doesNotExist();
  }

  @Test
  void aSweepEndsWithFiveWhileAnotherOfItsNameRuns() throws IOException {
    Path own = Files.createDirectories(folder.resolve("results/pairs"));
    try (FolderLease other = hold(own.resolve("_lease"))) {
      refused(sweep(folder.resolve("results")), own);
    }
    assertThat(sweep(folder.resolve("results")).exitCode()).isZero();
  }

  @Test
  void preparingEndsWithFiveWhileAnotherPreparesTheSame() throws IOException {
    Path output = folder.resolve("more");
    try (FolderLease other = hold(folder.resolve("_more_lease"))) {
      refused(prepare(output.toString()), folder);
      assertThat(output).doesNotExist();
    }
  }

  @Test
  void rawFilesArePutThereByOneProcess() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken"));
    try (FolderLease other = hold(taken.resolve("_lease"))) {
      refused(CommandRun.of("generate", "mnist", "--to", taken.toString()), taken);
      refused(CommandRun.of("fetch", "mnist", "--to", taken.toString()), taken);
      assertThat(taken).isDirectoryNotContaining(file -> !file.endsWith("_lease"));
    }
  }

  @Test
  void whatIsMadeOfASweepOrModelIsWrittenByOneProcess() throws IOException {
    String results = folder.resolve("done").toString();
    String model = folder.resolve("trained").toString();
    assertThat(sweep(folder.resolve("done")).exitCode()).isZero();
    assertThat(train(folder.resolve("trained")).exitCode()).isZero();
    Path page = Files.createDirectories(folder.resolve("page"));
    try (FolderLease other = hold(page.resolve("_lease"))) {
      refused(CommandRun.of("report", "--results", results, "--output", page.toString()), page);
      refused(
          CommandRun.onTwoCores(
              "evaluate",
              "--model",
              model + "/model",
              "--data",
              shards,
              "--output",
              page.toString()),
          page);
      assertThat(page).isDirectoryNotContaining(file -> !file.endsWith("_lease"));
    }
    String file = folder.resolve("file").toString();
    try (FolderLease other = hold(folder.resolve("_file_lease"))) {
      refused(CommandRun.of("best", "--results", results, "--write", file), folder);
      refused(
          CommandRun.of("export", "--model", model + "/model", "--format", "npz", "--output", file),
          folder);
      assertThat(Path.of(file)).doesNotExist();
    }
  }

  private static FolderLease hold(Path file) throws IOException {
    return FolderLease.take(
        new Configuration(),
        new org.apache.hadoop.fs.Path(file.toUri()),
        "a test",
        Duration.ofMinutes(10),
        lost -> {});
  }

  private static void refused(CommandRun run, Path place) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
    assertThat(run.err())
        .contains("Cannot write to file:" + place)
        .contains("process " + ProcessHandle.current().pid())
        .contains("(a test)")
        .doesNotContain("\tat ");
  }
}
