package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
