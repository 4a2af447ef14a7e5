package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    assertThat(run.result().path("targets").asInt()).isEqualTo(15);
    // Every ratio can be found from the numbers of the run itself.
    double peak = largest(json, "product of 512x512 matrices") * 1e9 / 2;
    JsonNode step = judged(json, "RBM 784-500-10, sbp, 10+10 steps, batch 20");
    assertThat(step.path("ratio").asDouble())
        .isCloseTo(step.path("multiplyAccumulatesPerSecond").asDouble() / peak, within(1e-9));
    double reading = largest(json, "read shards");
    for (String name : List.of("load shards", "prepare digits")) {
      JsonNode result = judged(json, name);
      assertThat(result.path("ratio").asDouble())
          .isCloseTo(result.path("median").asDouble() / reading, within(1e-9));
    }
    assertThat(judged(json, "SNN by layers, 4").path("ratio").asDouble())
        .isCloseTo(
            largest(json, "SNN by layers, 4") / largest(json, "SNN by layers, 3"), within(1e-9));
    double copied = largest(json, "copy of 128 MiB, read and write") * 1e9;
    JsonNode frames = judged(json, "read recordings into frames");
    assertThat(frames.path("ratio").asDouble())
        .isCloseTo(8 * frames.path("median").asDouble() / copied, within(1e-9));
    assertThat(Files.readString(output.resolve("benchmark.md")))
        .contains("sbp benchmark --quick")
        .contains("| SNN 784-500-10, sbp, batch 50 | vector |")
        .contains("at least 250 % of the peak |", "at least 150 % of reading on one thread |")
        .contains("at most 8.0 % of the epoch |");
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
    assertThat(result.has("target")).as(name).isEqualTo(result.has("ratio"));
    if (result.has("target")) {
      boolean atLeast = result.path("targetSense").asText().equals("least");
      double target = result.path("target").asDouble();
      double ratio = result.path("ratio").asDouble();
      assertThat(ratio).as(name).isFinite();
      assertThat(result.path("ratioTo").asText()).as(name).isNotEmpty();
      assertThat(result.path("reached").asBoolean())
          .as(name)
          .isEqualTo(atLeast ? ratio >= target : ratio <= target);
      if (result.path("ratioTo").asText().equals("the peak")) {
        assertThat(ratio).as(name).isEqualTo(result.path("shareOfPeak").asDouble());
      }
    }
    if (result.has("shareOfPeak")) {
      assertThat(result.path("multiplyAccumulatesPerSecond").asDouble()).as(name).isPositive();
    }
  }

  /** The result of a name that is held against a target. */
  private static JsonNode judged(JsonNode json, String name) {
    for (JsonNode result : json.path("results")) {
      if (result.path("name").asText().equals(name) && result.has("target")) {
        return result;
      }
    }
    throw new AssertionError("no target for " + name);
  }

  /** The largest median of a name's variants. */
  private static double largest(JsonNode json, String name) {
    double largest = 0;
    for (JsonNode result : json.path("results")) {
      if (result.path("name").asText().equals(name)) {
        largest = Math.max(largest, result.path("median").asDouble());
      }
    }
    return largest;
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
