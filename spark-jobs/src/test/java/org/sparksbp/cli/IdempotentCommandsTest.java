package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same command a second time, as an orchestrator gives it, and for another interval. */
class IdempotentCommandsTest {

  private static final String SETTINGS =
      """
      model = rbm, rule = sbp, network.hidden = [5], compute.device = cpu
      training { epochs = 2, batch = 10 }
      """;

  /** As Airflow names the run of an interval. */
  private static final String MONDAY = "scheduled__2026-11-30T00:00:00+00:00";

  private static final String TUESDAY = "scheduled__2026-12-01T00:00:00+00:00";

  @TempDir static Path folder;

  private static Path settings;
  private static String shards;
  private static String model;

  @BeforeAll
  static void train() throws IOException {
    settings = Files.writeString(folder.resolve("nightly.conf"), SETTINGS);
    String raw = folder.resolve("raw").toString();
    shards = folder.resolve("shards").toString();
    done("generate", "mnist", "--to", raw, "--samples", "60");
    done("prepare", "mnist", "--input", raw, "--output", shards);
    CommandRun trained = done(words(folder.resolve("run")));
    model = trained.result().get("modelFolder").asText();
  }

  private static String[] words(Path output, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("train", "--config", settings.toString(), "--data", shards, "--output"));
    words.add(output.toString());
    words.add("--resume");
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @Test
  void rawFilesAreMadeOnceAndAgainWhereOneIsMissing() throws IOException {
    String[] generate = {"generate", "mnist", "--to", folder + "/made", "--samples", "60"};
    assertThat(done(generate).result().get("ending").asText()).isEqualTo("finished");
    SortedMap<String, FileTime> first = times(folder.resolve("made"));

    CommandRun again = done(generate);

    assertThat(again.result().get("ending").asText()).isEqualTo("already-done");
    assertThat(again.out()).contains("these files are there already, nothing was changed");
    assertThat(times(folder.resolve("made"))).isEqualTo(first);
    Path images = folder.resolve("made/train-images-idx3-ubyte.gz");
    byte[] content = Files.readAllBytes(images);
    Files.delete(images);
    assertThat(done(generate).result().get("ending").asText()).isEqualTo("finished");
    assertThat(images).hasBinaryContent(content);
    // What a process leaves that was killed while it wrote.
    Files.writeString(images, "half");
    Files.writeString(folder.resolve("made/SYNTHETIC"), "Synthetic mnist data");
    assertThat(done(generate).result().get("ending").asText()).isEqualTo("finished");
    assertThat(images).hasBinaryContent(content);
  }

  @Test
  void dataArePreparedOnce() throws IOException {
    String[] prepare = {
      "prepare", "mnist", "--input", folder.resolve("raw").toString(), "--output", shards
    };
    SortedMap<String, FileTime> first = times(Path.of(shards));

    CommandRun again = done(prepare);

    assertThat(again.result().get("ending").asText()).isEqualTo("already-done");
    assertThat(again.out()).contains("this data is prepared already, nothing was changed");
    assertThat(times(Path.of(shards))).isEqualTo(first);
  }

  @Test
  void aRunIsTrainedOnceWithResumeFromTheBeginning() throws IOException {
    SortedMap<String, FileTime> first = times(folder.resolve("run/model"));

    CommandRun again = done(words(folder.resolve("run")));

    assertThat(again.result().get("ending").asText()).isEqualTo("already-done");
    assertThat(again.result().get("epochs").asInt()).isEqualTo(2);
    assertThat(again.out()).contains("this run is done already, nothing was changed");
    assertThat(times(folder.resolve("run/model"))).isEqualTo(first);
  }

  @Test
  void sweepReportAndChoiceEndTheSameWay() throws IOException {
    String id = "--run-id=" + MONDAY;
    String results = folder.resolve("results/{run-id}").toString();
    String[] sweep = {
      "sweep", "--config", settings.toString(), "--data", shards, "--output", results, id
    };
    Path place = folder.resolve("results/" + RunId.fileName(MONDAY));
    Path page = place.resolveSibling("page");
    String[] report = {"report", "--results", results, "--output", page.toString(), id};
    Path chosen = place.resolveSibling("best.conf");
    String[] best = {"best", "--results", results, "--write", chosen.toString(), id};
    assertThat(done(sweep).result().get("ran").asInt()).isEqualTo(1);
    done(report);
    done(best);
    SortedMap<String, String> tables = contents(place.resolve("nightly"));
    SortedMap<String, String> pages = contents(page);
    String choice = Files.readString(chosen);

    CommandRun again = done(sweep);
    done(report);
    done(best);

    assertThat(again.result().get("ran").asInt()).isZero();
    assertThat(again.out()).contains("this sweep is done already, nothing was trained");
    assertThat(contents(place.resolve("nightly"))).isEqualTo(tables);
    assertThat(contents(page)).isEqualTo(pages);
    assertThat(chosen).hasContent(choice);
  }

  @Test
  void anEvaluationIsMadeOnceAndGoneOnWithWhereItWasKilled() throws IOException {
    Path output = folder.resolve("evaluation");
    String[] evaluate = {
      "evaluate", "--model", model, "--data", shards, "--output", output.toString()
    };
    Files.createDirectories(output);
    Files.writeString(output.resolve("predictions"), "half");
    CommandRun first = done(evaluate);
    assertThat(output.resolve("predictions")).content().startsWith("id,group,label,prediction");
    SortedMap<String, FileTime> times = times(output);

    CommandRun again = done(evaluate);

    assertThat(again.out()).contains("this evaluation is done already, nothing was changed");
    assertThat(again.result()).isEqualTo(first.result());
    assertThat(times(output)).isEqualTo(times);
    CommandRun other =
        CommandRun.onTwoCores(
            "evaluate",
            "--model",
            model,
            "--data",
            shards,
            "--output",
            output.toString(),
            "--limit",
            "3");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("it holds another evaluation (limit is 0, not 3)");
    Path taken = Files.createDirectories(folder.resolve("taken"));
    Files.writeString(taken.resolve("letter.txt"), "mine");
    evaluate[evaluate.length - 1] = taken.toString();
    CommandRun refused = CommandRun.onTwoCores(evaluate);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("it holds letter.txt; name a new one");
  }

  @Test
  void anExportIsTheSameFile() throws IOException {
    Path file = folder.resolve("model.safetensors");
    String[] export = {
      "export", "--model", model, "--format", "safetensors", "--output", file.toString()
    };
    done(export);
    byte[] first = Files.readAllBytes(file);
    done(export);
    assertThat(file).hasBinaryContent(first);
  }

  @Test
  void runsOfTwoIntervalsDoNotShareTheirOutput() throws IOException {
    String to = folder.resolve("days/{run-id}").toString();
    done("generate", "mnist", "--to", to, "--samples", "60", "--run-id", MONDAY);
    Path monday = folder.resolve("days/scheduled__2026-11-30T00-00-00-00-00-b6d04aff");
    SortedMap<String, FileTime> first = times(monday);

    CommandRun tuesday =
        done("generate", "mnist", "--to", to, "--samples", "60", "--seed=2", "--run-id=" + TUESDAY);

    assertThat(tuesday.result().get("output").asText())
        .isEqualTo(folder.resolve("days/" + RunId.fileName(TUESDAY)).toString());
    assertThat(times(monday)).isEqualTo(first);
    CommandRun again = done("generate", "mnist", "--to", to, "--samples", "60", "--run-id", MONDAY);
    assertThat(again.result().get("ending").asText()).isEqualTo("already-done");
  }

  private static CommandRun done(String... words) {
    CommandRun run = CommandRun.onTwoCores(words);
    assertThat(run.exitCode()).as(List.of(words) + run.err()).isZero();
    return run;
  }

  /** When each file was last written: nothing that is done is written again. */
  private static SortedMap<String, FileTime> times(Path within) throws IOException {
    SortedMap<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(within)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(within.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private static SortedMap<String, String> contents(Path within) throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(within)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("summary.json")) { // which says what the last call has done
          contents.put(
              within.relativize(file).toString(),
              new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
        }
      }
    }
    return contents;
  }
}
