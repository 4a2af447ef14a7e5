package org.sparksbp.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.UncheckedIOException;
import org.sparksbp.modelfolder.SoftwareVersion;

/**
 * What a process is told to train, as a text.
 *
 * @param id identity of the run
 * @param configuration of the run
 * @param epochs to train up to
 * @param about what the record says of the trial
 * @param portrait whether a portrait is to be taken
 */
record TrialOrder(String id, Config configuration, int epochs, ObjectNode about, boolean portrait) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static TrialOrder of(
      PlannedTrial trial, int epochs, String sweep, String dataFingerprint, boolean portrait) {
    ObjectNode about = JSON.createObjectNode();
    about
        .put("sweep", sweep)
        .put("point", trial.point())
        .put("arm", trial.arm())
        .put("seed", trial.seed())
        .put("task", trial.task())
        .put("model", trial.configuration().getString("model"))
        .put("rule", trial.configuration().getString("rule"));
    ObjectNode parameters = about.putObject("parameters");
    trial.parameters().forEach((key, value) -> parameters.put(key, SpaceKey.written(value)));
    about.put("data", dataFingerprint).put("softwareVersion", SoftwareVersion.current());
    return new TrialOrder(trial.id(), trial.configuration(), epochs, about, portrait);
  }

  String task() {
    return about.path("task").asText();
  }

  String toText(String rendered) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id)
        .put("epochs", epochs)
        .put("portrait", portrait)
        .put("configuration", rendered)
        .set("about", about);
    return json.toString();
  }

  static TrialOrder of(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return new TrialOrder(
          json.path("id").asText(),
          ConfigFactory.parseString(json.path("configuration").asText()),
          json.path("epochs").asInt(),
          (ObjectNode) json.path("about"),
          json.path("portrait").asBoolean());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
