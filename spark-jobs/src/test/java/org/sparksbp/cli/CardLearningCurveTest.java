package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;

/**
 * Three epochs of 2,000 real digits on a card, which any device that OpenCL names stands for, and
 * on the processor, measured on 1,000 test digits; skipped without data or device.
 */
@Tag("slow")
class CardLearningCurveTest {

  /** A test digit. */
  private static final double ONE = 0.001;

  @TempDir static Path folder;

  private static String shards;

  @BeforeAll
  static void prepareDigits() {
    String data = System.getenv("SBP_DATA");
    Assumptions.assumeTrue(data != null && !data.isEmpty(), "SBP_DATA is not set");
    System.setProperty(Devices.TYPES, "all");
    try {
      Devices.describe("");
    } catch (NoDeviceException e) {
      Assumptions.abort(e.getMessage());
    }
    shards = folder.resolve("shards").toString();
    CommandRun prepared =
        CommandRun.onTwoCores(
            "prepare", "mnist", "--limit=2000", "--input", data + "/mnist", "--output", shards);
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
  }

  @AfterAll
  static void onlyCards() {
    System.clearProperty(Devices.TYPES);
  }

  @Test
  void thePlasticityNetworkErrsOnTheSameDigits() throws IOException {
    double[] card = errors("gpu", "model=snn", "rule=sbp", "seed=1");
    double[] processor = errors("cpu", "model=snn", "rule=sbp", "seed=1");

    assertThat(processor[2]).as("it has learned").isBetween(0.0, 0.3);
    assertThat(card).containsExactly(processor, within(ONE));
  }

  /** A state at the edge of its range, or a spike, is decided by the last bit, so curves part. */
  @Test
  void theOthersErrAlikeOnTheMean() throws IOException {
    for (String[] model :
        new String[][] {{"model=rbm", "rule=sbp"}, {"model=spiking-mlp", "rule=bp"}}) {
      double card = 0;
      double processor = 0;
      for (String seed : List.of("seed=1", "seed=2")) {
        card += errors("gpu", model[0], model[1], seed)[2] / 2;
        processor += errors("cpu", model[0], model[1], seed)[2] / 2;
      }

      assertThat(processor).as("%s has learned", model[0]).isBetween(0.0, 0.3);
      assertThat(card).as(model[0]).isCloseTo(processor, within(8 * ONE));
    }
  }

  private static double[] errors(String device, String... settings) throws IOException {
    Path output = folder.resolve(device + String.join("", settings).replaceAll("\\W", "-"));
    List<String> words =
        new ArrayList<>(List.of("train", "--data", shards, "--output", output.toString()));
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("compute.device=" + device, "training.workers=1", "training.epochs=3"));
    all.addAll(List.of("evaluation.limit=1000", "network.hidden=[100]"));
    all.forEach(one -> words.addAll(List.of("--set", one)));
    CommandRun run = CommandRun.onTwoCores(words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    ObjectMapper json = new ObjectMapper();
    double[] errors = new double[3];
    List<String> lines = Files.readAllLines(output.resolve("metrics.jsonl"));
    for (int epoch = 0; epoch < 3; epoch++) {
      errors[epoch] = json.readTree(lines.get(epoch)).at("/test/error").asDouble(-1);
    }
    return errors;
  }
}
