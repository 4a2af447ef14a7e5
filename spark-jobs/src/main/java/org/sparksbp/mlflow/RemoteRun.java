package org.sparksbp.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** What the server has of a run. */
final class RemoteRun {

  private final String id;
  private final String artifacts;
  private final Map<String, String> parameters = new HashMap<>();
  private final Map<String, String> tags = new HashMap<>();
  private String status;
  private long lastStep = Long.MIN_VALUE;

  /** A run as the server describes it. */
  RemoteRun(JsonNode run) {
    JsonNode info = run.path("info");
    this.id = info.path("run_id").asText();
    this.artifacts = info.path("artifact_uri").asText();
    this.status = info.path("status").asText();
    JsonNode data = run.path("data");
    data.path("params").forEach(one -> put(one, parameters));
    data.path("tags").forEach(one -> put(one, tags));
    // The server gives the last value of each metric.
    data.path("metrics").forEach(metric -> hasStep(metric.path("step").asLong()));
  }

  private static void put(JsonNode pair, Map<String, String> into) {
    into.put(pair.path("key").asText(), pair.path("value").asText());
  }

  String id() {
    return id;
  }

  /** Where its files are to lie. */
  String artifacts() {
    return artifacts;
  }

  String tag(String key) {
    return tags.getOrDefault(key, "");
  }

  boolean hasTag(String key, String value) {
    return value.equals(tags.get(key));
  }

  boolean hasParameter(String key) {
    return parameters.containsKey(key);
  }

  boolean isIn(RunContent.Status wanted) {
    return wanted.name().equals(status);
  }

  String status() {
    return status;
  }

  /** The last step that has metrics. */
  long lastStep() {
    return lastStep;
  }

  void hasStep(long step) {
    lastStep = Math.max(lastStep, step);
  }

  void has(Map<String, String> newParameters, Map<String, String> newTags) {
    parameters.putAll(newParameters);
    tags.putAll(newTags);
  }

  void is(RunContent.Status now) {
    status = now.name();
  }
}
