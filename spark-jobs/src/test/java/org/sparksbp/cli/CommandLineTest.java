package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "fetch",
        "generate",
        "prepare",
        "inspect",
        "train",
        "sweep",
        "report",
        "evaluate",
        "benchmark"
      })
  void everyCommandExplainsItselfWithExamples(String command) {
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Usage: sbp " + command)
        .contains("Examples:")
        .contains("  sbp " + command)
        .contains("--verbose", "--master", "--json");
  }

  @Test
  void noCommandIsABadCommandLine() {
    CommandRun run = CommandRun.of();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Missing command").contains("sbp --help");
  }

  @Test
  void misspeltCommandIsAnsweredWithTheRightOne() {
    CommandRun run = CommandRun.of("trian");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("train");
  }

  @Test
  void unknownTaskNamesTheKnownOnes() {
    CommandRun run = CommandRun.of("prepare", "cifar", "--input", "a", "--output", "b");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("task cifar, must be one of mnist, nettalk, dvsgesture");
  }

  @Test
  void missingOptionIsNamed() {
    assertThat(CommandRun.of("prepare", "mnist", "--input", "a").err()).contains("--output");
    assertThat(CommandRun.of("train", "--output", "a").err()).contains("--data");
    assertThat(CommandRun.of("train", "--output", "a").exitCode()).isEqualTo(2);
  }

  @Test
  void badNumberOfStepsIsRefusedBeforeSparkStarts() {
    CommandRun run =
        CommandRun.of("prepare", "mnist", "--input", "a", "--output", "b", "--steps", "0");

    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void unknownKeyEndsWithTwoAndNoStackTrace() {
    CommandRun run = CommandRun.of("train", "--show-config", "--set", "training.epoch=3");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("sbp train: Invalid key training.epoch (--set)")
        .contains("did you mean training.epochs?")
        .doesNotContain("\tat ");
  }

  @Test
  void verboseShowsWhereAnErrorArose() {
    CommandRun run = CommandRun.of("train", "--show-config", "--set", "x=3", "--verbose");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("\tat org.sparksbp.config");
  }

  @Test
  void showConfigPrintsEveryKeyWithItsOrigin() throws IOException {
    Path file = Files.writeString(folder.resolve("run.conf"), "seed = 1\nrule = symmetric-stdp\n");

    CommandRun run =
        CommandRun.of(
            "train", "--config", file.toString(), "--set", "training.epochs=3", "--show-config");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^training.epochs = 3 +# --set$")
        .containsPattern("(?m)^rule = \"symmetric-stdp\" +# \\Q" + file + "\\E:2$")
        .containsPattern("(?m)^training.batch = 50 +# default of the task$")
        .containsPattern("(?m)^averaging.mode = .* +# default$");
  }

  @Test
  void shownConfigurationCanBeUsedAsAFile() throws IOException {
    String shown = CommandRun.of("train", "--set", "seed=7", "--show-config").out();
    Path file = Files.writeString(folder.resolve("shown.conf"), shown);

    CommandRun again = CommandRun.of("train", "--config", file.toString(), "--show-config");

    assertThat(again.exitCode()).isZero();
    assertThat(values(again.out())).isEqualTo(values(shown));
  }

  private static java.util.List<String> values(String shown) {
    return shown.lines().map(line -> line.replaceFirst(" +# .*", "")).toList();
  }

  @Test
  void missingDataEndsWithThree() {
    CommandRun run =
        CommandRun.of("train", "--data", folder.toString(), "--output", folder + "/run");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains(folder.toString()).contains("sbp prepare");
  }

  @Test
  void unknownModelIsRefusedBeforeAnythingIsRead() {
    CommandRun run =
        CommandRun.of("train", "--data", "none", "--output", "none", "--set", "model=perceptron");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("perceptron").contains("snn");
  }

  @Test
  void unknownFileSystemIsABadCommandLine() {
    CommandRun run = CommandRun.of("inspect", "nosuch://host/folder");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("nosuch");
  }

  @Test
  void folderThatIsNeitherDataNorModelEndsWithThree() {
    CommandRun run = CommandRun.of("inspect", folder.toString());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("manifest.json").contains("model.json");
  }

  @Test
  void versionIsTheBuilds() {
    assertThat(CommandRun.of("--version").out()).startsWith("spark-sbp 0.");
  }

  @Test
  void personAtATerminalSeesNoJsonUnlessItIsAskedFor() {
    String[] generate = {"generate", "mnist", "--to", folder + "/raw", "--samples", "2"};
    String[] asking = {"generate", "mnist", "--to", folder + "/again", "--samples", "2", "--json"};
    System.setProperty(CommonOptions.OUTPUT_ON_TERMINAL, "true");
    try {
      assertThat(CommandRun.of(generate).out())
          .isEqualTo("synthetic mnist of 2 samples with seed 1: " + folder + "/raw\n");
      assertThat(CommandRun.of(asking).result().get("samples").asInt()).isEqualTo(2);
    } finally {
      System.clearProperty(CommonOptions.OUTPUT_ON_TERMINAL);
    }
  }
}
