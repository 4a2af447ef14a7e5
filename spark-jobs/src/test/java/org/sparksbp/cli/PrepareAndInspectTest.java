package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrepareAndInspectTest {

  @TempDir Path folder;

  @Test
  void preparedDataIsCountedAndDrawn() throws IOException {
    Path raw = RawDigits.write(folder.resolve("raw files"), 30, 20);
    String shards = folder.resolve("sha rds").toString();

    CommandRun prepared =
        CommandRun.onTwoCores("prepare", "mnist", "--input", raw.toString(), "--output", shards);
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    assertThat(prepared.result().get("trainSamples").asInt()).isEqualTo(30);
    assertThat(prepared.result().get("testSamples").asInt()).isEqualTo(20);

    CommandRun inspected = CommandRun.onTwoCores("inspect", shards);
    assertThat(inspected.exitCode()).as(inspected.err()).isZero();
    assertThat(inspected.result().get("fingerprint"))
        .isEqualTo(prepared.result().get("fingerprint"));
    assertThat(inspected.result().at("/train/samples").asInt()).isEqualTo(30);

    CommandRun drawn = CommandRun.of("inspect", shards, "--sample", "4");
    assertThat(drawn.out()).contains("label 4");

    String png = folder.resolve("sample.png").toString();
    assertThat(CommandRun.of("inspect", shards, "--sample", "0", "--png", png).exitCode()).isZero();
    assertThat(Files.readAllBytes(Path.of(png))).startsWith(0x89, 'P', 'N', 'G');

    CommandRun beyond = CommandRun.of("inspect", shards, "--sample", "30");
    assertThat(beyond.exitCode()).isEqualTo(2);
    assertThat(beyond.err()).contains("there are 30 train samples");
  }

  @ParameterizedTest
  @CsvSource({
    "mnist, --word-set full, 'Invalid word-set: mnist has no such option'",
    "mnist, --encoder events, 'Invalid encoder: events, must be one of bernoulli, direct'",
    "nettalk, --split odd, 'Invalid split: odd, must be one of letters, words'",
    "nettalk, --steps 0, 'Invalid steps: 0, must be at least 1'",
    "dvsgesture, --sample-by pixel, 'Invalid sample-by: pixel, must be one of frames, clips'",
    "dvsgesture, --pooled-side 3, 'Invalid pooled-side: 3, must divide 128'"
  })
  void optionThatTheTaskDoesNotTakeEndsWithTwoBeforeSparkStarts(
      String task, String option, String said) {
    List<String> words = new ArrayList<>(List.of("prepare", task, "--master", "no-such-master"));
    words.addAll(List.of("--input", folder + "/raw", "--output", folder + "/shards"));
    words.addAll(List.of(option.split(" ")));

    CommandRun run = CommandRun.of(words.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(said).doesNotContain("\tat ");
  }

  @Test
  void brokenRawFileEndsWithThreeAndNamesIt() throws IOException {
    Path raw = RawDigits.write(folder.resolve("raw"), 30, 20);
    Path images = raw.resolve("train-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    Files.write(images, java.util.Arrays.copyOf(bytes, bytes.length - 100));

    CommandRun run =
        CommandRun.onTwoCores(
            "prepare", "mnist", "--input", raw.toString(), "--output", folder + "/shards");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("train-images-idx3-ubyte").doesNotContain("\tat ");
    assertThat(folder.resolve("shards/manifest.json")).doesNotExist();
  }
}
