package org.sparksbp.shard;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparksbp.task.PrepareSettings;

/**
 * Settings as one JSON object, a task's own options among those of all tasks.
 *
 * <p>Schema version 1 was laid down for three data sets: options that they had then are written for
 * every data set, empty or 0 where it has none, and the order of the keys is theirs. Fingerprints
 * depend on that. Options that came later follow behind, where there are any.
 */
final class SettingsJson {

  /** The options that every manifest has, in the places where it has them. */
  private static final String SAMPLE_BY = "sampleBy";

  private static final String WORD_SET = "wordSet";
  private static final String POOLED_SIDE = "pooledSide";
  private static final String POLARITIES = "polarities";
  private static final String BIN = "binMicroseconds";

  /** A setting of all tasks that came later: written where it is not the usual one. */
  private static final String MAX_LOSS = "maxLoss";

  private SettingsJson() {}

  static Module module() {
    return new SimpleModule()
        .addSerializer(new Writer())
        .addDeserializer(PrepareSettings.class, new Reader());
  }

  /** The settings that all tasks have. */
  private record Shared(
      String encoder,
      int steps,
      long seed,
      String split,
      int limit,
      int maxBadRecords,
      boolean verify) {

    static final List<String> KEYS =
        List.of("encoder", "steps", "seed", "split", "limit", "maxBadRecords", "verify");
  }

  private static final class Writer extends StdSerializer<PrepareSettings> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(PrepareSettings.class);
    }

    @Override
    public void serialize(PrepareSettings settings, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      Map<String, Object> later = new TreeMap<>(settings.options());
      later.keySet().removeAll(List.of(SAMPLE_BY, WORD_SET, POOLED_SIDE, POLARITIES, BIN));
      json.writeStartObject();
      json.writeStringField("encoder", settings.encoder());
      json.writeNumberField("steps", settings.steps());
      json.writeNumberField("seed", settings.seed());
      json.writeStringField(SAMPLE_BY, settings.text(SAMPLE_BY));
      json.writeStringField("split", settings.split());
      json.writeStringField(WORD_SET, settings.text(WORD_SET));
      json.writeNumberField("limit", settings.limit());
      json.writeNumberField("maxBadRecords", settings.maxBadRecords());
      json.writeNumberField(POOLED_SIDE, settings.number(POOLED_SIDE));
      json.writeStringField(POLARITIES, settings.text(POLARITIES));
      json.writeNumberField(BIN, settings.number(BIN));
      json.writeBooleanField("verify", settings.verify());
      if (settings.maxLoss() != PrepareSettings.DEFAULT_MAX_LOSS) {
        json.writeNumberField(MAX_LOSS, settings.maxLoss());
      }
      for (Map.Entry<String, Object> option : later.entrySet()) {
        json.writeObjectField(option.getKey(), option.getValue());
      }
      json.writeEndObject();
    }
  }

  private static final class Reader extends StdDeserializer<PrepareSettings> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(PrepareSettings.class);
    }

    @Override
    public PrepareSettings deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      JsonNode node = context.readTree(json);
      if (!(node instanceof ObjectNode all)) {
        return (PrepareSettings) context.handleUnexpectedToken(PrepareSettings.class, json);
      }
      ObjectNode options = all.deepCopy().remove(Shared.KEYS);
      JsonNode maxLoss = options.remove(MAX_LOSS);
      Shared shared = context.readTreeAsValue(all.retain(Shared.KEYS), Shared.class);
      PrepareSettings.Builder settings =
          PrepareSettings.of(shared.encoder(), shared.steps(), shared.split())
              .seed(shared.seed())
              .limit(shared.limit())
              .maxBadRecords(shared.maxBadRecords())
              .verify(shared.verify());
      if (maxLoss != null) {
        settings.maxLoss(share(maxLoss, context));
      }
      for (Map.Entry<String, JsonNode> option : options.properties()) {
        settings.option(option.getKey(), value(option.getKey(), option.getValue(), context));
      }
      return settings.build();
    }

    private static double share(JsonNode value, DeserializationContext context) throws IOException {
      return value.isNumber()
          ? value.asDouble()
          : context.<Double>reportPropertyInputMismatch(
              PrepareSettings.class, MAX_LOSS, "not a number: %s", value);
    }

    private static Object value(String key, JsonNode value, DeserializationContext context)
        throws IOException {
      if (value.isTextual()) {
        return value.asText();
      }
      if (value.isInt()) {
        return value.asInt();
      }
      return context.<Object>reportPropertyInputMismatch(
          PrepareSettings.class, key, "neither a text nor a whole number: %s", value);
    }
  }
}
