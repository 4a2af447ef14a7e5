package org.sparksbp.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.learner.Work;

/** Epoch reports as the JSON objects of {@code metrics.jsonl}. */
public final class MetricsLine {

  private static final ObjectMapper JSON = new ObjectMapper();

  private MetricsLine() {}

  /** The object of a report: numbers by name, the measures under {@code train} and {@code test}. */
  static ObjectNode of(EpochReport report, String run, String dataFingerprint) {
    ObjectNode json = JSON.createObjectNode();
    json.put("run", run).put("data", dataFingerprint);
    return json.setAll(of(report));
  }

  /** The numbers of a report alone. */
  public static ObjectNode of(EpochReport report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("epoch", report.epoch());
    json.set("train", JSON.valueToTree(report.train()));
    json.set("test", JSON.valueToTree(report.test()));
    work(json, report.trainingWork());
    work(json.putObject("testWork"), report.testWork());
    return json.put("trainSamples", report.trainSamples())
        .put("trainingSeconds", report.trainingSeconds())
        .put("evaluationSeconds", report.evaluationSeconds())
        .put("samplesPerSecond", report.samplesPerSecond());
  }

  /** The report of an object. */
  public static EpochReport read(JsonNode json) {
    return new EpochReport(
        json.path("epoch").asInt(),
        measures(json.path("train")),
        measures(json.path("test")),
        work(json),
        work(json.path("testWork")),
        json.path("trainSamples").asLong(),
        json.path("trainingSeconds").asDouble(),
        json.path("evaluationSeconds").asDouble());
  }

  private static void work(ObjectNode json, Work work) {
    json.put("spikes", work.spikes())
        .put("synapticOperations", work.synapticOperations())
        .put("multiplyAccumulates", work.multiplyAccumulates());
  }

  private static Work work(JsonNode json) {
    return new Work(
        json.path("multiplyAccumulates").asLong(),
        json.path("synapticOperations").asLong(),
        json.path("spikes").asLong());
  }

  private static SortedMap<String, Double> measures(JsonNode json) {
    SortedMap<String, Double> measures = new TreeMap<>();
    json.fields()
        .forEachRemaining(value -> measures.put(value.getKey(), value.getValue().asDouble()));
    return measures;
  }
}
