package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainAndEvaluateTest {

  @TempDir static Path folder;

  private static String shards;

  @BeforeAll
  static void prepareDigits() throws IOException {
    Path raw = RawDigits.write(folder.resolve("raw"), 200, 50);
    shards = folder.resolve("shards").toString();
    CommandRun run =
        CommandRun.onTwoCores("prepare", "mnist", "--input", raw.toString(), "--output", shards);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void trainedModelIsEvaluatedToTheErrorThatTrainingReported() throws IOException {
    String output = folder.resolve("run").toString();

    CommandRun trained = train(output);

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.err().lines()).containsOnlyOnce("computing on processors");
    JsonNode result = trained.result();
    assertThat(result.get("device").asText()).isEqualTo("cpu");
    assertThat(result.get("ending").asText()).isEqualTo("finished");
    assertThat(result.get("epochs").asInt()).isEqualTo(3);
    assertThat(result.at("/measures/test.error").asDouble()).isLessThan(0.5);
    assertThat(Files.readAllLines(folder.resolve("run/metrics.jsonl"))).hasSize(3);
    assertThat(new ObjectMapper().readTree(Files.readString(folder.resolve("run/summary.json"))))
        .isEqualTo(result);

    CommandRun evaluated =
        CommandRun.onTwoCores(
            "evaluate",
            "--model",
            result.get("modelFolder").asText(),
            "--data",
            shards,
            "--output",
            folder.resolve("evaluation").toString());
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.result().at("/measures/error").asDouble())
        .isEqualTo(result.at("/measures/test.error").asDouble());
    assertThat(folder.resolve("evaluation/summary.json")).exists();

    CommandRun inspected = CommandRun.of("inspect", result.get("modelFolder").asText());
    assertThat(inspected.out()).contains("snn for mnist", "weights-0", "[784, 20]");

    CommandRun again = train(output);
    assertThat(again.exitCode()).isZero();
    assertThat(again.result().get("ending").asText()).isEqualTo("already-done");
  }

  private static CommandRun train(String output) {
    return CommandRun.onTwoCores(
        "train",
        "--data",
        shards,
        "--output",
        output,
        "--set",
        "network.hidden=[20]",
        "--set",
        "training.epochs=3",
        "--set",
        "training.batch=10",
        "--set",
        "averaging.every=2");
  }

  @Test
  void settingThatMakesNoSenseIsRefusedWithItsKey() {
    CommandRun run =
        CommandRun.onTwoCores(
            "train", "--data", shards, "--output", folder + "/never", "--set", "snn.beta=0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("snn.beta");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void anotherRunIsNotWrittenOver() {
    String output = folder.resolve("taken").toString();
    assertThat(train(output).exitCode()).isZero();

    CommandRun other =
        CommandRun.onTwoCores(
            "train", "--data", shards, "--output", output, "--set", "training.epochs=1");

    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains(output);
  }

  @Test
  @Tag("slow")
  void demoEndsWithATableOfAllTasksAndBothRules() {
    CommandRun run = CommandRun.onTwoCores("demo", "--output", folder.resolve("demo").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.result().get("runs")).hasSize(6);
    for (String task : new String[] {"mnist", "nettalk", "dvsgesture"}) {
      assertThat(run.out()).containsPattern("(?m)^" + task + " +sbp +\\d");
      assertThat(run.out()).containsPattern("(?m)^" + task + " +symmetric-stdp +\\d");
    }
    assertThat(Path.of(run.result().get("page").asText()))
        .content()
        .contains("with against without: accuracy")
        .doesNotContain("class=\"warning\"");
    assertThat(CommandRun.of("demo", "--output", folder.resolve("demo").toString()).exitCode())
        .isEqualTo(2);
  }
}
