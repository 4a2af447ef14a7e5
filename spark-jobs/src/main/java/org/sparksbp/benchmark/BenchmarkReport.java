package org.sparksbp.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sparksbp.benchmark.Result.Judgement;
import org.sparksbp.benchmark.Result.Target;

/**
 * What a benchmark found.
 *
 * @param machine what it ran on
 * @param effort how much was measured
 * @param data kind of the digits
 * @param samples training samples of the digits
 * @param activeShare share of a digit's pixels that are not 0
 * @param results in the order in which they were measured
 */
public record BenchmarkReport(
    Machine machine,
    Effort effort,
    String data,
    long samples,
    double activeShare,
    List<Result> results) {

  private static final int SCHEMA_VERSION = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  public BenchmarkReport {
    results = List.copyOf(results);
  }

  /** Numbers with a target. */
  public long targets() {
    return results.stream().filter(result -> result.judgement().isPresent()).count();
  }

  /** Targets that are reached. */
  public long targetsReached() {
    return results.stream().filter(result -> result.reached().orElse(false)).count();
  }

  /**
   * Writes {@code benchmark.json}, {@code benchmark.md} and the plots.
   *
   * @param command that the numbers come from
   * @return the files
   */
  public List<Path> write(Path folder, String command) throws IOException {
    Files.createDirectories(folder);
    Path json = folder.resolve("benchmark.json");
    Path markdown = folder.resolve("benchmark.md");
    Files.writeString(json, json(command), StandardCharsets.UTF_8);
    Files.writeString(markdown, ResultTable.markdown(this, command), StandardCharsets.UTF_8);
    List<Path> files = new java.util.ArrayList<>(List.of(json, markdown));
    files.addAll(new BenchmarkPlots(results).write(folder));
    return files;
  }

  private String json(String command) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("schemaVersion", SCHEMA_VERSION).put("commandLine", command);
    root.set("machine", JSON.valueToTree(machine));
    root.set("effort", JSON.valueToTree(effort));
    root.putObject("data")
        .put("kind", data)
        .put("trainSamples", samples)
        .put("activeShare", activeShare);
    ArrayNode all = root.putArray("results");
    results.forEach(result -> write(result, all.addObject()));
    return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root) + "\n";
  }

  private static void write(Result result, ObjectNode json) {
    json.put("part", result.part().toString())
        .put("name", result.name())
        .put("variant", result.variant())
        .put("unit", result.unit())
        .put("median", result.median())
        .put("least", result.least())
        .put("greatest", result.greatest());
    result.values().forEach(json.putArray("repetitions")::add);
    json.put("clockShare", result.clockShare());
    result.multiplyAccumulates().ifPresent(each -> json.put("multiplyAccumulatesPerSecond", each));
    result.peakShare().ifPresent(share -> json.put("shareOfPeak", share));
    result.place().ifPresent(place -> json.put("series", place.series()).put("size", place.size()));
    result.judgement().ifPresent(judgement -> write(judgement, json));
  }

  private static void write(Judgement judgement, ObjectNode json) {
    Target target = judgement.target();
    json.put("ratio", judgement.ratio())
        .put("ratioTo", target.to())
        .put("target", target.bound())
        .put("targetSense", target.sense() == Target.Sense.AT_LEAST ? "least" : "most")
        .put("reached", judgement.reached());
  }
}
