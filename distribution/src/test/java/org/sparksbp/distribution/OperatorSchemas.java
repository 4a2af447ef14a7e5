package org.sparksbp.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The schemas of the resources of the Spark operator and Argo, made strict: a field that they do
 * not have is a mistake. They lie in the folder that SBP_SCHEMAS names, or in {@code
 * ../shared/schemas} beside the checkout.
 */
final class OperatorSchemas {

  static final String MISSING =
      "there are no schemas of the operators: set SBP_SCHEMAS to a folder with them";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, JsonSchema> LOADED = new HashMap<>();

  private OperatorSchemas() {}

  private static Path folder() {
    String named = System.getenv("SBP_SCHEMAS");
    return named == null ? Path.of("../../shared/schemas") : Path.of(named);
  }

  static boolean areHere() {
    return Files.isDirectory(folder());
  }

  /** The documents of a file in YAML, with what its aliases stand for. */
  static List<JsonNode> documents(Path yaml) throws IOException {
    return documents(Files.readString(yaml));
  }

  static List<JsonNode> documents(String yaml) {
    List<JsonNode> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(new LoaderOptions()))
        .loadAll(yaml)
        .forEach(document -> documents.add(JSON.valueToTree(document)));
    return documents;
  }

  /** What is wrong with a resource, by the schema of its kind. */
  static List<String> complaints(JsonNode resource) throws IOException {
    return schema(resource.path("apiVersion").asText(), resource.path("kind").asText())
        .validate(resource)
        .stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static JsonSchema schema(String version, String kind) throws IOException {
    JsonSchema loaded = LOADED.get(kind);
    if (loaded == null) {
      JsonNode schema = version.startsWith("argoproj.io/") ? ofArgo(kind) : ofOperator(kind);
      loaded = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(strict(schema));
      LOADED.put(kind, loaded);
    }
    return loaded;
  }

  /** A definition among those of all kinds, which refer to each other. */
  private static JsonNode ofArgo(String kind) throws IOException {
    ObjectNode all =
        (ObjectNode) JSON.readTree(folder().resolve("argo-workflows.schema.json").toFile());
    all.remove(List.of("$id", "$schema", "oneOf"));
    return all.put("$ref", "#/definitions/io.argoproj.workflow.v1alpha1." + kind);
  }

  private static JsonNode ofOperator(String kind) throws IOException {
    String name = "sparkoperator.k8s.io_" + kind.toLowerCase(Locale.ROOT) + "s.yaml";
    return documents(folder().resolve(name)).get(0).at("/spec/versions/0/schema/openAPIV3Schema");
  }

  /** Has objects take no other fields than those that their schema lists. */
  private static JsonNode strict(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.has("x-kubernetes-preserve-unknown-fields")
        && !object.path("properties").isEmpty()
        && isType(object)) {
      object.put("additionalProperties", false);
    }
    schema.forEach(OperatorSchemas::strict);
    return schema;
  }

  /** Not a map of definitions that happens to have a field called properties. */
  private static boolean isType(ObjectNode object) {
    return object.path("type").asText("object").equals("object");
  }
}
