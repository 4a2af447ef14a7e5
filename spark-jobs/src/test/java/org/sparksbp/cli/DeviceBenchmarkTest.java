package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;

/** That numbers of a device are there and hang together; how large they are is no matter. */
class DeviceBenchmarkTest {

  private static final String BEFORE = System.getProperty(Devices.TYPES, "");

  @TempDir Path folder;

  @BeforeEach
  void needsDevice() {
    System.setProperty(Devices.TYPES, "all");
    try {
      Devices.open("");
    } catch (NoDeviceException e) {
      System.out.println("Skipped: " + e.getMessage());
      Assumptions.abort("no device: " + e.getMessage());
    }
  }

  @AfterEach
  void asBefore() {
    System.setProperty(Devices.TYPES, BEFORE);
  }

  @Test
  void packsAndLargeNetworksLeaveNumbers() throws IOException {
    Path output = folder.resolve("device");

    CommandRun run =
        CommandRun.of(
            "benchmark",
            "--device=gpu",
            "--models=spiking-mlp/bp,rbm",
            "--packs=1,2",
            "--hidden=8",
            "--large=12",
            "--large-batch=40",
            "--seconds=0.02",
            "--output=" + output);

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(output.resolve("device-benchmark.json").toFile());
    assertThat(json.path("device").path("name").asText()).isNotEmpty();
    for (String ceiling :
        new String[] {
          "copyBytesPerSecond", "multiplyAddsPerSecond", "launchSeconds", "roundTripSeconds"
        }) {
      assertThat(json.path("ceilings").path(ceiling).asDouble()).as(ceiling).isPositive();
    }
    JsonNode products = json.path("products").path(0);
    assertThat(products.path("hidden").asInt()).isEqualTo(12);
    assertThat(products.path("batch").asInt()).isEqualTo(40);
    assertThat(products.path("shareOfMultiplyAdds").asDouble()).isBetween(1e-9, 1.0);
    assertThat(json.path("results").findValuesAsText("pack"))
        .containsExactly("1", "2", "1", "2", "1", "1");
    assertThat(json.path("results").findValuesAsText("batch"))
        .containsExactly("100", "100", "20", "20", "40", "40");
    json.path("results").forEach(DeviceBenchmarkTest::checkNumbers);
    assertThat(run.result().path("measured").asInt()).isEqualTo(6);
    assertThat(Files.readString(output.resolve("device-benchmark.md")))
        .contains("sbp benchmark --device=gpu")
        .contains("a batch of 40 changes 784 x 12 first weights")
        .contains("| spiking-mlp | bp | 8 | 100 | 2 |");
  }

  /** The samples stay on the device: a round brings only which ones, and their randomness. */
  private static void checkNumbers(JsonNode result) {
    String name = result.toString();
    double rate = result.path("samplesPerSecond").asDouble();
    assertThat(rate).as(name).isPositive();
    assertThat(result.path("least").asDouble()).as(name).isLessThanOrEqualTo(rate);
    assertThat(result.path("greatest").asDouble()).as(name).isGreaterThanOrEqualTo(rate);
    assertThat(result.path("shareOfMultiplyAdds").asDouble()).as(name).isPositive();
    assertThat(result.path("shareOfCopying").asDouble()).as(name).isPositive();
    double samples =
        result.path("pack").asDouble()
            * result.path("batchesPerRound").asDouble()
            * result.path("batch").asDouble();
    assertThat(result.path("roundMilliseconds").asDouble())
        .as(name)
        .isCloseTo(1e3 * samples / rate, withPercentage(0.1));
    assertThat(result.path("readBytesPerRound").asDouble())
        .as(name)
        .isGreaterThanOrEqualTo(samples * 10 * Float.BYTES);
    assertThat(result.path("writtenBytesPerRound").asDouble())
        .as(name)
        .isBetween(1.0, 100 * samples);
  }

  @Test
  void withoutTimeNothingIsBegunAndThatIsSaid() throws IOException {
    Path output = folder.resolve("late");

    CommandRun run =
        CommandRun.of(
            "benchmark",
            "--device=gpu",
            "--models=rbm",
            "--packs=1",
            "--large=0",
            "--within=0",
            "--output=" + output);

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(output.resolve("device-benchmark.json").toFile());
    assertThat(json.path("results").findValuesAsText("skipped")).containsExactly("no time left");
  }

  @Test
  void whatIsNotMeasuredIsRefused() {
    CommandRun model = CommandRun.of("benchmark", "--device", "gpu", "--models", "mlp");
    CommandRun device = CommandRun.of("benchmark", "--device", "tpu");
    CommandRun parts = CommandRun.of("benchmark", "--device", "gpu", "--only", "rbm");

    assertThat(model.exitCode()).isEqualTo(2);
    assertThat(model.err()).contains("--models mlp").contains("spiking-mlp/sbp");
    assertThat(device.exitCode()).isEqualTo(2);
    assertThat(device.err()).contains("must be one of cpu, gpu");
    assertThat(parts.exitCode()).isEqualTo(2);
    assertThat(parts.err()).contains("without --data");
  }
}
