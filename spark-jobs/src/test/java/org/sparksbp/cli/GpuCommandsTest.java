package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;

/**
 * Commands that are to compute on a card, where there is none and where the processor stands for
 * one.
 */
class GpuCommandsTest {

  private static final String SWEEP =
      """
      model = rbm, network.hidden = [5], compute.device = gpu
      training { epochs = 1, batch = 10 }
      sweep { arms { with { rule = sbp }, without { rule = plain } }, seeds = [1, 2] }
      """;

  @TempDir static Path folder;

  private static String shards;
  private static String model;

  @BeforeAll
  static void prepareAndTrain() throws IOException {
    Path raw = RawDigits.write(folder.resolve("raw"), 60, 20);
    shards = folder.resolve("shards").toString();
    CommandRun prepared =
        CommandRun.onTwoCores("prepare", "mnist", "--input", raw.toString(), "--output", shards);
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    CommandRun trained = train("on-processor", "compute.device=cpu");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    model = trained.result().get("modelFolder").asText();
  }

  @AfterEach
  void onlyCards() {
    System.clearProperty(Devices.TYPES);
  }

  @Test
  void withoutACardCommandsThatWantOneEndWithTwoAndSayWhatIsMissing() throws IOException {
    Assumptions.assumeTrue(reasonForNoDevice() != null, "there is a card");
    Path sweep = Files.writeString(folder.resolve("pairs.conf"), SWEEP);

    refused(train("never", "compute.device=gpu"));
    refused(
        CommandRun.onTwoCores(
            "sweep",
            "--config",
            sweep.toString(),
            "--data",
            shards,
            "--output",
            folder + "/never"));
    refused(
        CommandRun.onTwoCores(
            "evaluate",
            "--gpus",
            "1",
            "--model",
            model,
            "--data",
            shards,
            "--output",
            folder + "/never"));
  }

  private static void refused(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err())
        .contains("Cannot compute on a graphics card: ")
        .contains("libOpenCL.so.1")
        .contains("set compute.device to cpu")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("never"))
        .satisfiesAnyOf(
            never -> assertThat(never).doesNotExist(),
            never -> assertThat(never).isEmptyDirectory());
  }

  @Test
  void withACardTheyComputeOnItAndSaySo() throws IOException {
    System.setProperty(Devices.TYPES, "all");
    Assumptions.assumeTrue(reasonForNoDevice() == null, reasonForNoDevice());
    String card = Devices.describe("").name();
    Path sweep = Files.writeString(folder.resolve("pairs.conf"), SWEEP);

    CommandRun trained = train("on-card", "compute.device=gpu");
    CommandRun evaluated =
        CommandRun.onTwoCores(
            "evaluate",
            "--gpus",
            "1",
            "--model",
            trained.result().get("modelFolder").asText(),
            "--data",
            shards,
            "--output",
            folder + "/evaluation");
    CommandRun swept =
        CommandRun.onTwoCores(
            "sweep", "--config", sweep.toString(), "--data", shards, "--output", folder + "/sweep");

    for (CommandRun run : new CommandRun[] {trained, evaluated, swept}) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).contains("computing on graphics cards: " + card);
    }
    assertThat(evaluated.result().at("/measures/error").asDouble())
        .isEqualTo(trained.result().at("/measures/test.error").asDouble());
    assertThat(swept.result().get("done").asInt()).isEqualTo(4);
  }

  /** Null if there is a device. */
  private static String reasonForNoDevice() {
    try {
      Devices.describe("");
      return null;
    } catch (NoDeviceException e) {
      return e.getMessage();
    }
  }

  private static CommandRun train(String output, String device) {
    return CommandRun.onTwoCores(
        "train",
        "--data",
        shards,
        "--output",
        folder.resolve(output).toString(),
        "--set",
        "model=rbm",
        "--set",
        "rule=sbp",
        "--set",
        "network.hidden=[5]",
        "--set",
        "training.epochs=1",
        "--set",
        device);
  }
}
