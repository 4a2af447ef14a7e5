package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution at a pseudo-terminal, as a person sees it, and away from one. */
@Tag("slow")
class TerminalTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();
  private static final String SBP = HOME.resolve("bin/sbp").toString();

  @TempDir Path folder;

  @BeforeAll
  static void findTheProgramThatMakesATerminal() {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "script")));
    if (!found) {
      System.out.println("No pseudo-terminal is tested: there is no script (util-linux) here");
    }
    assumeTrue(found, "there is no script (util-linux) on the PATH");
  }

  @Test
  void personAtATerminalSeesTablesAndPathsAndNoJson() throws Exception {
    atTerminal(Map.of(), SBP, "generate", "mnist", "--to", "raw", "--samples", "60");
    String prepared =
        atTerminal(Map.of(), SBP, "prepare", "mnist", "--input", "raw", "--output", "shards");
    String trained = atTerminal(Map.of(), train("run"));
    String evaluated =
        atTerminal(Map.of(), SBP, "evaluate", "--model", "run/model", "--data", "shards");

    assertThat(prepared).contains("test samples", "fingerprint: ", path("shards"));
    assertThat(trained)
        .containsPattern("(?m)^measure +epoch 2 \\(last\\) +epoch [12] \\(best\\)$")
        .containsPattern("(?m)^test\\.error +[0-9.]+ % +[0-9.]+ %$")
        .contains("model of the best epoch: ", path("run/metrics.jsonl"), path("run/summary.json"));
    assertThat(evaluated).containsPattern("(?m)^error +[0-9.]+ %$").contains(path("run/model"));
    assertThat(List.of(prepared, trained, evaluated)).noneMatch(TerminalTest::hasJson);
  }

  @Test
  void terminalGetsJsonWhereItIsAskedFor() throws Exception {
    String said = atTerminal(Map.of(), SBP, "generate", "mnist", "--to", "raw", "--json");

    assertThat(said.lines().reduce((before, last) -> last).orElseThrow())
        .startsWith("{\"command\":\"generate\"");
  }

  @Test
  void redirectedOutputEndsWithJson() throws Exception {
    Run run = Run.of(folder, Map.of(), List.of(SBP, "generate", "mnist", "--to", "raw"));

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output().lines()).last().asString().startsWith("{\"command\":\"generate\"");
  }

  @Test
  void terminalIsKnownBehindSparkSubmitToo() throws Exception {
    Map<String, String> installed = Map.of("SPARK_HOME", HOME.resolve("spark").toString());

    String said = atTerminal(installed, SBP, "generate", "mnist", "--to", "raw");

    assertThat(said).contains("synthetic mnist of 1,000 samples");
    assertThat(hasJson(said)).as(said).isFalse();
  }

  private static String[] train(String output) {
    return new String[] {
      SBP,
      "train",
      "--data=shards",
      "--output=" + output,
      "--set=network.hidden=[5]",
      "--set=training.epochs=2",
      "--set=training.batch=5"
    };
  }

  private String path(String below) {
    return folder.resolve(below).toString();
  }

  private static boolean hasJson(String said) {
    return said.lines().anyMatch(line -> line.startsWith("{"));
  }

  /** What a command that succeeds writes to a terminal, with the line ends of files. */
  private String atTerminal(Map<String, String> environment, String... words) throws Exception {
    String quoted =
        Stream.of(words)
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));

    Run run = Run.of(folder, environment, List.of("script", "-qec", quoted, "/dev/null"));

    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output().replace("\r\n", "\n");
  }
}
