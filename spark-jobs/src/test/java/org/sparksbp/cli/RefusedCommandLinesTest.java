package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command lines that cannot do what they say end with 2 and a line, and leave nothing. */
class RefusedCommandLinesTest {

  @TempDir static Path folder;

  private static String shards;

  @BeforeAll
  static void prepareDigits() throws IOException {
    Path raw = RawDigits.write(folder.resolve("raw"), 60, 20);
    shards = folder.resolve("shards").toString();
    CommandRun prepared =
        CommandRun.onTwoCores("prepare", "mnist", "--input", raw.toString(), "--output", shards);
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
  }

  @Test
  void aMasterThatIsNone() {
    refused(train("--master", "locl[2]"), "Invalid --master locl[2]");
    refused(train("--master", "local[x]"), "Invalid --master local[x]");
  }

  @Test
  void anOutputThatIsAFileOrBelowOne() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "something");

    refused(trainTo(file.toString()), file + " is a file");
    refused(trainTo(file + "/run"), file + " is a file");
    assertThat(file).hasContent("something");
  }

  @Test
  void anOutputWithAColonInItsName() {
    refused(trainTo(folder + "/run 10:30"), "'run 10:30' has a colon");
    refused(trainTo("run 10:30"), "'run 10:30' has a colon");
    refused(
        CommandRun.of("inspect", shards, "--sample", "0", "--png", folder + "/a:b.png"),
        "Invalid --png");
  }

  @Test
  void anOutputThatIsADeviceAFolderOrTheRoot() throws Exception {
    // A pipe stands for devices, one of which a test that fails would be the end of.
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path file = Files.writeString(folder.resolve("other file"), "something");
    for (String none : List.of(pipe.toString(), folder.toString(), file + "/a.png", "/")) {
      refused(CommandRun.of("inspect", shards, "--sample", "0", "--png", none), "Invalid --png");
    }
    assertThat(Files.isRegularFile(pipe)).isFalse();
    try (var left = Files.list(folder)) {
      assertThat(left).noneMatch(path -> path.toString().endsWith(".writing"));
    }
    refused(
        CommandRun.of("prepare", "mnist", "--input", folder + "/raw", "--output", "/"),
        "name a folder, not all of the file system");
    refused(train("--tensorboard", file.toString()), "Invalid --tensorboard");
    refused(trainTo(folder + "/" + "n".repeat(241)), "more than 240 bytes");
    assertThat(file).hasContent("something");
  }

  @Test
  void aSweepWhoseFileCannotNameIt() throws IOException {
    Path sweep = Files.writeString(folder.resolve("mein Sweep.conf"), "training.epochs = 1");
    refused(
        CommandRun.of(
            "sweep", "--config", sweep.toString(), "--data", shards, "--output", folder + "/never"),
        "say another one by --set sweep.name=NAME");
  }

  @Test
  void anOutputWithinWhatIsRead() throws IOException {
    refused(trainTo(shards), "it is within " + shards);
    refused(trainTo(shards + "/../shards/run"), "it is within " + shards);
    Path sweep = Files.writeString(folder.resolve("s.conf"), "training.epochs = 1");
    refused(
        CommandRun.of(
            "sweep", "--config", sweep.toString(), "--data", shards, "--output", shards + "/s"),
        "it is within " + shards);
    String raw = folder.resolve("raw").toString();
    refused(
        CommandRun.of("prepare", "mnist", "--input", raw, "--output", raw),
        "it is the folder of the raw files");
  }

  @Test
  void numbersBelowZero() throws IOException {
    refused(train("--set", "evaluation.limit=-5"), "evaluation.limit");
    refused(CommandRun.of("inspect", shards, "--sample", "-1"), "Invalid --sample -1");
    Path sweep = Files.writeString(folder.resolve("n.conf"), "training.epochs = 1");
    refused(
        CommandRun.of(
            "sweep",
            "--max-trials=-1",
            "--config",
            sweep.toString(),
            "--data",
            shards,
            "--output",
            folder + "/never"),
        "--max-trials -1");
  }

  @Test
  void aBatchThatNoArrayHolds() {
    refused(
        train("--set", "model=bp-ann", "--set", "rule=bp", "--set", "training.batch=1073741824"),
        "training.batch");
  }

  @Test
  void aSerializerThatCannotBe() {
    refused(
        train("--conf", "spark.serializer=org.apache.spark.serializer.JavaSerializer"),
        "Invalid spark.serializer");
  }

  private static CommandRun train(String... more) {
    List<String> words = new ArrayList<>(List.of("train", "--data", shards));
    words.addAll(List.of("--output", folder + "/never"));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private static CommandRun trainTo(String output) {
    return CommandRun.of("train", "--data", shards, "--output", output);
  }

  private static void refused(CommandRun run, String reason) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(reason).doesNotContain("\tat ");
    assertThat(folder.resolve("never")).doesNotExist();
  }
}
