package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.mlflow.MlflowStub;
import org.sparksbp.sweep.SweepFixture;
import org.sparksbp.tensorboard.EventReader;

class SweepCommandTest {

  private static final String SWEEP =
      """
      network.hidden = [5]
      training { epochs = 2, batch = 5 }
      snn.duration = 1.0
      sweep {
        space.snn.beta = [0.25, 0.5]
        arms { with { rule = sbp }, without { rule = no-such-rule } }
      }
      """;

  @TempDir Path folder;

  @Test
  void sweepsPreparedDataAndSaysWhatCameOfIt() throws IOException {
    try (MlflowStub server = new MlflowStub()) {
      sweepsPreparedData(server);
    }
  }

  /** Prepares as many made-up training digits and 20 for test. */
  private String prepared(int training) throws IOException {
    Path raw = RawDigits.write(folder.resolve("raw"), training, 20);
    String shards = folder.resolve("shards").toString();
    CommandRun run =
        CommandRun.onTwoCores("prepare", "mnist", "--input", raw.toString(), "--output", shards);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return shards;
  }

  private void sweepsPreparedData(MlflowStub server) throws IOException {
    String shards = prepared(30);
    Path file = Files.writeString(folder.resolve("pairs.conf"), SWEEP);
    String results = folder.resolve("results").toString();
    Path events = folder.resolve("events");
    String[] sweep = {
      "sweep",
      "--config",
      file.toString(),
      "--data",
      shards,
      "--output",
      results,
      "--tensorboard",
      events.toString(),
      "--mlflow",
      server.address()
    };

    CommandRun run = CommandRun.onTwoCores(sweep);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("sweep pairs: ").contains("of 4 trials").contains("failed");
    assertThat(run.result().get("name").asText()).isEqualTo("pairs");
    assertThat(run.result().get("done").asInt()).isEqualTo(2);
    assertThat(run.result().get("failed").asInt()).isEqualTo(2);
    assertThat(folder.resolve("results/pairs/trials.csv")).isNotEmptyFile();
    assertThat(folder.resolve("results/pairs/summary.json")).isNotEmptyFile();
    assertThat(CommandRun.onTwoCores(sweep).result().get("ran").asInt()).isZero();
    try (Stream<Path> trials = Files.list(events.resolve("pairs"))) {
      assertThat(trials).hasSize(4).allSatisfy(EventReader::only);
    }

    assertThat(server.runs()).extracting(MlflowStub.Run::name).hasSize(5).contains("pairs");

    String page = folder.resolve("report").toString();
    CommandRun report = CommandRun.of("report", "--results", results, "--output", page);

    assertThat(report.exitCode()).as(report.err()).isZero();
    assertThat(report.result().get("trials").asInt()).isEqualTo(4);
    assertThat(report.result().get("failed").asInt()).isEqualTo(2);
    assertThat(folder.resolve("report/report.html")).content().contains("no-such-rule");
    String command = "sbp " + String.join(" ", sweep);
    assertThat(folder.resolve("report/tables/data.csv")).content().containsOnlyOnce(command);
  }

  @Test
  void reportOnAFolderWithoutSweepsEndsWithThree() {
    CommandRun report =
        CommandRun.of("report", "--results", folder.toString(), "--output", folder.toString());

    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.err()).contains("holds no sweep");
  }

  @Test
  void misspeltKeyInTheSpaceEndsWithTwo() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "sweep.spaces.snn.beta = [1]");

    CommandRun run =
        CommandRun.of("sweep", "--config", file.toString(), "--data", "none", "--output", "none");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("sweep.spaces.snn.beta").contains("did you mean");
  }

  @Test
  void theBestIsRankedAndItsConfigurationIsTheTrialAgain() throws IOException {
    String shards = prepared(60);
    Path file =
        Files.writeString(
            folder.resolve("search.conf"),
            SWEEP.replace("without { rule = no-such-rule }", "without { rule = symmetric-stdp }")
                + "sweep { seeds = [3, 4], stopping { method = plateau, patience = 7 } }\n"
                + "compute.kernels = plain\n");
    String results = folder.resolve("results").toString();
    CommandRun.onTwoCores(
        "sweep",
        "--config",
        file.toString(),
        "--data",
        shards,
        "--output",
        results,
        "--set",
        "sweep.keep-models=best");

    String models = folder.resolve("models").toString();
    CommandRun ranked =
        CommandRun.of("best", "--results", results, "--top", "2", "--models", models);

    assertThat(ranked.exitCode()).as(ranked.err()).isZero();
    assertThat(ranked.out()).contains("mnist, 4 points and arms").contains("chosen on");
    JsonNode best = ranked.result().get("best").get(0);
    assertThat(best.get("selectedOn").asText()).isEqualTo("validation");
    List<Map<String, String>> trials =
        SweepFixture.rows(folder.resolve("results/search/trials.csv"));
    assertThat(best.get("error").asDouble()).isEqualTo(lowestMean(trials));
    assertThatTheModelsAreOfTheBest(ranked.result(), shards);

    String chosen = folder.resolve("chosen.conf").toString();
    CommandRun written =
        CommandRun.of("best", "--results", results, "--arm", "without", "--write", chosen);
    assertThat(written.exitCode()).as(written.err()).isZero();
    JsonNode winner = written.result().get("best").get(0);
    assertThat(winner.get("arm").asText()).isEqualTo("without");
    CommandRun trained =
        CommandRun.onTwoCores(
            "train",
            "--config",
            chosen,
            "--data",
            shards,
            "--output",
            folder.resolve("run").toString());
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trials)
        .filteredOn(row -> row.get("point").equals(winner.get("point").asText()))
        .filteredOn(row -> row.get("arm").equals("without") && row.get("seed").equals("3"))
        .extracting(row -> row.get("trial"))
        .containsExactly(trained.result().get("run").asText());

    assertThatTheComparisonIsOfTheBestOfEachArm(results, shards, trials);
  }

  /** Its trials with the search's seeds are those of the search, and so none is trained. */
  private void assertThatTheComparisonIsOfTheBestOfEachArm(
      String results, String shards, List<Map<String, String>> trials) throws IOException {
    String compared = folder.resolve("compared.conf").toString();
    CommandRun written =
        CommandRun.of("best", "--results", results, "--sweep", "search", "--compare", compared);
    assertThat(written.exitCode()).as(written.err()).isZero();

    CommandRun run =
        CommandRun.onTwoCores(
            "sweep",
            "--config",
            compared,
            "--data",
            shards,
            "--output",
            results,
            "--set",
            "sweep.seeds=[3, 4]");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.result().get("ran").asInt()).isZero();
    List<Map<String, String>> rows =
        SweepFixture.rows(folder.resolve("results/compared/trials.csv"));
    for (String arm : List.of("with", "without")) {
      Predicate<Map<String, String>> ofArm = row -> row.get("arm").equals(arm);
      assertThat(lowestMean(rows.stream().filter(ofArm).toList()))
          .isEqualTo(lowestMean(trials.stream().filter(ofArm).toList()));
    }
    CommandRun one =
        CommandRun.of("best", "--results", results, "--arm", "with", "--compare", compared);
    assertThat(one.exitCode()).isEqualTo(2);
    assertThat(one.err()).contains("a comparison needs two arms, not [with]");
  }

  /** The lowest, over points and arms, of the mean over the two seeds. */
  private void assertThatTheModelsAreOfTheBest(JsonNode ranked, String shards) {
    double sum = 0;
    for (JsonNode model : ranked.get("models")) {
      CommandRun measured =
          CommandRun.onTwoCores("evaluate", "--model", model.asText(), "--data", shards);
      assertThat(measured.exitCode()).as(measured.err()).isZero();
      sum += measured.result().get("measures").get("error").asDouble();
    }
    assertThat(ranked.get("models")).hasSize(2);
    assertThat(sum / 2)
        .isCloseTo(ranked.get("best").get(0).get("testError").asDouble(), within(1e-9));
  }

  private static double lowestMean(List<Map<String, String>> trials) {
    Map<String, Double> means =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get("point") + row.get("arm"),
                    Collectors.averagingDouble(row -> Double.parseDouble(row.get("best_error")))));
    return means.values().stream().min(Double::compare).orElseThrow();
  }

  @Test
  void nothingIsRankedWithASeedThatFailedOrOfWhatIsNotThere() throws IOException {
    String shards = prepared(30);
    Path file = Files.writeString(folder.resolve("pairs.conf"), SWEEP);
    String results = folder.resolve("results").toString();
    CommandRun.onTwoCores(
        "sweep", "--config", file.toString(), "--data", shards, "--output", results);

    CommandRun ranked = CommandRun.of("best", "--results", results);

    assertThat(ranked.out())
        .contains("mnist, 2 points and arms")
        .contains("not ranked: 2 points and arms with a seed that failed or has not ended");
    CommandRun none = CommandRun.of("best", "--results", results, "--arm", "without");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("no point whose every seed has ended");
    CommandRun empty = CommandRun.of("best", "--results", folder.resolve("raw").toString());
    assertThat(empty.exitCode()).isEqualTo(3);
  }

  @Test
  void watchedReportIsWrittenAgainUntilTheSweepHasFinished() throws Exception {
    String shards = prepared(30);
    Path file = Files.writeString(folder.resolve("pairs.conf"), SWEEP);
    String results = folder.resolve("results").toString();
    String[] sweep = {
      "sweep",
      "--config",
      file.toString(),
      "--data",
      shards,
      "--output",
      results,
      "--max-trials",
      "1"
    };
    CommandRun.onTwoCores(sweep);
    Path page = folder.resolve("report/report.html");
    CompletableFuture<CommandRun> watching =
        CompletableFuture.supplyAsync(
            () ->
                CommandRun.of(
                    "report",
                    "--results",
                    results,
                    "--output",
                    page.getParent().toString(),
                    "--watch",
                    "1"));
    while (!Files.exists(page)) {
      assertThat(watching).isNotDone();
      Thread.sleep(50);
    }
    assertThat(Files.readString(page))
        .contains("<strong>Not finished:</strong> pairs.")
        .contains("<meta http-equiv=\"refresh\" content=\"1\">");

    CommandRun.onTwoCores(Arrays.copyOf(sweep, sweep.length - 2));

    CommandRun watched = watching.get();
    assertThat(watched.exitCode()).as(watched.err()).isZero();
    assertThat(watched.result().get("unfinished")).isEmpty();
    assertThat(watched.result().get("trials").asInt()).isEqualTo(4);
    assertThat(Files.readString(page)).doesNotContain("Not finished").doesNotContain("refresh");
  }
}
