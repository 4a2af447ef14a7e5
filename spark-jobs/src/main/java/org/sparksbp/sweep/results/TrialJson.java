package org.sparksbp.sweep.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.io.UncheckedIOException;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.JsonFile;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.MetricsLine;

/**
 * The JSON of what sweeps keep and send: records by the names of their components, epochs as the
 * lines of {@code metrics.jsonl}. Keys that a record has not are left aside.
 */
public final class TrialJson {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(epochs())
          .build();

  private TrialJson() {}

  private static SimpleModule epochs() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(
        new StdDelegatingSerializer(
            EpochReport.class,
            new StdConverter<EpochReport, JsonNode>() {
              @Override
              public JsonNode convert(EpochReport report) {
                return MetricsLine.of(report);
              }
            }));
    module.addDeserializer(
        EpochReport.class,
        new StdDelegatingDeserializer<>(
            new StdConverter<JsonNode, EpochReport>() {
              @Override
              public EpochReport convert(JsonNode line) {
                return MetricsLine.read(line);
              }
            }));
    return module;
  }

  /** The epoch of a line of {@code metrics.jsonl}. */
  public static EpochReport epoch(String line) {
    return read(line, EpochReport.class);
  }

  /** A record as one line. */
  public static String write(Record value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws UncheckedIOException of an {@link InvalidInputException} if it is something else
   */
  public static <T extends Record> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(
          new InvalidInputException("Invalid record of a trial: " + JsonFile.reason(e), e));
    }
  }
}
