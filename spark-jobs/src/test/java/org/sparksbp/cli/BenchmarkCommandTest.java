package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That numbers are there and hang together; how large they are is no matter of a test. */
class BenchmarkCommandTest {

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void everyPartLeavesNumbersWithTheirSpread() throws IOException {
    Path raw = RawDigits.write(folder.resolve("raw"), 600, 100);
    Path output = folder.resolve("benchmark");

    CommandRun run =
        CommandRun.onTwoCores(
            "benchmark",
            "--quick",
            "--seconds",
            "0.01",
            "--images",
            "600",
            "--raw",
            raw.toString(),
            "--output",
            output.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(output.resolve("benchmark.json").toFile());
    assertThat(json.path("machine").path("cores").asInt()).isEqualTo(2);
    assertThat(json.path("data").path("trainSamples").asInt()).isEqualTo(600);
    Set<String> parts = new TreeSet<>();
    for (JsonNode result : json.path("results")) {
      parts.add(result.path("part").asText());
      checkNumbers(result);
    }
    assertThat(parts)
        .containsExactlyInAnyOrder(
            "machine", "snn", "spiking-mlp", "rbm", "bp-ann", "sizes", "workers", "data");
    assertThat(variants(json, "snn")).contains("plain", "vector", "nd4j");
    assertThat(sizes(json, "hidden")).containsExactly(100, 500, 1000);
    assertThat(sizes(json, "workers")).containsExactly(1, 2);
    assertThat(run.result().path("targets").asInt()).isGreaterThanOrEqualTo(12);
    assertThat(Files.readString(output.resolve("benchmark.md")))
        .contains("sbp benchmark --quick")
        .contains("| SNN 784-500-10, sbp, batch 50 | vector |");
    for (String series : List.of("hidden", "batch", "layers", "workers")) {
      assertThat(Files.readAllBytes(output.resolve("samples-by-" + series + ".png")))
          .startsWith(0x89, 'P', 'N', 'G');
    }
  }

  @Test
  void partsThatAreNotAskedForAreLeftOut() throws IOException {
    Path output = folder.resolve("machine");

    CommandRun run =
        CommandRun.of(
            "benchmark",
            "--quick",
            "--only",
            "machine",
            "--seconds",
            "0.01",
            "--output",
            output.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(output.resolve("benchmark.json").toFile());
    assertThat(variants(json, "machine")).contains("plain", "nd4j");
    assertThat(json.path("results")).allMatch(one -> one.path("part").asText().equals("machine"));
    assertThat(folder.resolve("machine/samples-by-hidden.png")).doesNotExist();
  }

  @Test
  void masterOfAnotherMachineIsRefused() {
    CommandRun run = CommandRun.of("benchmark", "--quick", "--master", "spark://host:7077");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("the benchmark measures this machine");
  }

  @Test
  void unknownPartNamesTheKnownOnes() {
    CommandRun run = CommandRun.of("benchmark", "--only", "gpu");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("spiking-mlp");
  }

  private static void checkNumbers(JsonNode result) {
    String name = result.path("name").asText() + " " + result.path("variant").asText();
    double median = result.path("median").asDouble();
    assertThat(median).as(name).isFinite();
    assertThat(result.path("repetitions").size()).as(name).isPositive();
    assertThat(result.path("least").asDouble()).as(name).isLessThanOrEqualTo(median);
    assertThat(result.path("greatest").asDouble()).as(name).isGreaterThanOrEqualTo(median);
    if (!name.startsWith("Spark's ")) {
      assertThat(median).as(name).isPositive();
    }
    if (result.has("target")) {
      boolean atLeast = result.path("targetSense").asText().equals("least");
      double target = result.path("target").asDouble();
      assertThat(result.path("reached").asBoolean())
          .as(name)
          .isEqualTo(atLeast ? median >= target : median <= target);
    }
    if (result.has("shareOfPeak")) {
      assertThat(result.path("multiplyAccumulatesPerSecond").asDouble()).as(name).isPositive();
    }
  }

  private static Set<String> variants(JsonNode json, String part) {
    Set<String> variants = new TreeSet<>();
    for (JsonNode result : json.path("results")) {
      if (result.path("part").asText().equals(part)) {
        variants.add(result.path("variant").asText());
      }
    }
    return variants;
  }

  private static List<Integer> sizes(JsonNode json, String series) {
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode result : json.path("results")) {
      if (result.path("series").asText().equals(series)) {
        sizes.add(result.path("size").asInt());
      }
    }
    return sizes;
  }
}
