package org.sparksbp.benchmark.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.sparksbp.device.DeviceDescription;

/** What a benchmark found on a device. */
public final class DeviceReport {

  private static final int SCHEMA_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DeviceDescription device;
  private final DeviceEffort effort;
  private final DeviceCeilings ceilings;
  private final List<ProductRate> products;
  private final List<DeviceResult> results;

  /**
   * How fast the products of a large network's batch were summed alone.
   *
   * @param inputs rows of the first weights
   * @param hidden columns of them
   * @param batch samples
   * @param multiplyAddsPerSecond fused multiply-adds
   */
  record ProductRate(int inputs, int hidden, int batch, double multiplyAddsPerSecond) {}

  DeviceReport(
      DeviceDescription device,
      DeviceEffort effort,
      DeviceCeilings ceilings,
      List<ProductRate> products,
      List<DeviceResult> results) {
    this.device = device;
    this.effort = effort;
    this.ceilings = ceilings;
    this.products = List.copyOf(products);
    this.results = List.copyOf(results);
  }

  /** How many numbers of samples a second there are. */
  public long measured() {
    return results.stream().filter(result -> result.skipped().isEmpty()).count();
  }

  /**
   * Writes {@code device-benchmark.json} and {@code device-benchmark.md}.
   *
   * @param command that the numbers come from
   * @return the files
   */
  public List<Path> write(Path folder, String command) throws IOException {
    Files.createDirectories(folder);
    Path json = folder.resolve("device-benchmark.json");
    Path markdown = folder.resolve("device-benchmark.md");
    Files.writeString(json, json(command), StandardCharsets.UTF_8);
    Files.writeString(markdown, markdown(command), StandardCharsets.UTF_8);
    return List.of(json, markdown);
  }

  private String json(String command) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("schemaVersion", SCHEMA_VERSION).put("commandLine", command);
    root.putObject("device")
        .put("name", device.name())
        .put("driver", device.driver())
        .put("memoryBytes", device.memoryBytes())
        .put("localMemoryBytes", device.localMemoryBytes())
        .put("workGroupSize", device.workGroupSize())
        .put("computeUnits", device.computeUnits());
    root.putObject("effort")
        .put("seconds", effort.seconds())
        .put("repetitions", effort.repetitions());
    root.putObject("ceilings")
        .put("copyBytesPerSecond", ceilings.copyBytesPerSecond())
        .put("multiplyAddsPerSecond", ceilings.multiplyAddsPerSecond())
        .put("launchSeconds", ceilings.launchSeconds())
        .put("roundTripSeconds", ceilings.roundTripSeconds());
    ArrayNode rates = root.putArray("products");
    for (ProductRate rate : products) {
      rates
          .addObject()
          .put("inputs", rate.inputs())
          .put("hidden", rate.hidden())
          .put("batch", rate.batch())
          .put("multiplyAddsPerSecond", rate.multiplyAddsPerSecond())
          .put("shareOfMultiplyAdds", productShare(rate));
    }
    ArrayNode all = root.putArray("results");
    results.forEach(result -> write(result, all.addObject()));
    return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root) + "\n";
  }

  private void write(DeviceResult result, ObjectNode json) {
    DeviceWorkload workload = result.workload();
    json.put("model", workload.model())
        .put("rule", workload.rule())
        .put("hidden", workload.hidden())
        .put("pack", workload.pack());
    if (result.skipped().isPresent()) {
      json.put("skipped", result.skipped().get());
      return;
    }
    json.put("batch", result.batch())
        .put("batchesPerRound", result.batchesPerRound())
        .put("samplesPerSecond", result.samplesPerSecond())
        .put("least", result.least())
        .put("greatest", result.greatest());
    result.rates().forEach(json.putArray("repetitions")::add);
    json.put("roundMilliseconds", result.roundMilliseconds())
        .put("writtenBytesPerRound", result.writtenPerRound())
        .put("readBytesPerRound", result.readPerRound())
        .put("multiplyAccumulatesPerSecond", result.multiplyAccumulatesPerSecond())
        .put("shareOfMultiplyAdds", multiplyAddShare(result))
        .put("parameterBytesPerSecond", result.parameterBytesPerSecond())
        .put("shareOfCopying", copyShare(result))
        .put("setUpSeconds", result.setUpSeconds());
    result.watts().ifPresent(watts -> json.put("watts", watts));
    result.joulesPerSample().ifPresent(joules -> json.put("joulesPerSample", joules));
  }

  private double multiplyAddShare(DeviceResult result) {
    return result.multiplyAccumulatesPerSecond() / ceilings.multiplyAddsPerSecond();
  }

  private double productShare(ProductRate rate) {
    return rate.multiplyAddsPerSecond() / ceilings.multiplyAddsPerSecond();
  }

  private double copyShare(DeviceResult result) {
    return result.parameterBytesPerSecond() / ceilings.copyBytesPerSecond();
  }

  /** The results as a page in Markdown. */
  public String markdown(String command) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Made by `%s`: %s, driver %s, %,d MiB. At most %,.0f GB/s copied, %,.0f thousand million"
                + " fused multiply-adds a second; a launch takes %.1f us, one with an answer"
                + " %.1f us.%n%n",
            command,
            device.name(),
            device.driver(),
            device.memoryBytes() >> 20,
            ceilings.copyBytesPerSecond() / 1e9,
            ceilings.multiplyAddsPerSecond() / 1e9,
            ceilings.launchSeconds() * 1e6,
            ceilings.roundTripSeconds() * 1e6));
    for (ProductRate rate : products) {
      text.append(
          String.format(
              Locale.ROOT,
              "The products by which a batch of %,d changes %,d x %,d first weights, alone: %,.0f"
                  + " thousand million multiply-adds a second, %.1f %% of the most.%n%n",
              rate.batch(),
              rate.inputs(),
              rate.hidden(),
              rate.multiplyAddsPerSecond() / 1e9,
              100 * productShare(rate)));
    }
    text.append(
        "| model | rule | hidden | batch | pack | samples/s | least to greatest | ms a round |"
            + " batches a round | kB to the card | kB from it | of multiply-adds | of copying |"
            + " mJ/sample |\n");
    text.append("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    results.forEach(result -> row(result, text));
    return text.toString();
  }

  private void row(DeviceResult result, StringBuilder text) {
    DeviceWorkload workload = result.workload();
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %,d |",
            workload.model(),
            workload.rule(),
            workload.hidden()));
    if (result.skipped().isPresent()) {
      text.append(
          String.format(
              Locale.ROOT,
              " | %d | skipped: %s | | | | | | | | |%n",
              workload.pack(),
              result.skipped().get().replace('|', '/').replace('\n', ' ')));
      return;
    }
    text.append(
        String.format(
            Locale.ROOT,
            " %,d | %d | %,.0f | %,.0f to %,.0f | %.2f | %d | %,.1f | %,.1f | %.1f %% | %.1f %% | %s"
                + " |%n",
            result.batch(),
            workload.pack(),
            result.samplesPerSecond(),
            result.least(),
            result.greatest(),
            result.roundMilliseconds(),
            result.batchesPerRound(),
            result.writtenPerRound() / 1e3,
            result.readPerRound() / 1e3,
            100 * multiplyAddShare(result),
            100 * copyShare(result),
            milli(result.joulesPerSample())));
  }

  private static String milli(OptionalDouble joules) {
    return joules.isPresent() ? String.format(Locale.ROOT, "%.3f", 1e3 * joules.getAsDouble()) : "";
  }
}
