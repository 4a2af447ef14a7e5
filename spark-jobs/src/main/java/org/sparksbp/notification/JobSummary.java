package org.sparksbp.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How a job has ended; in JSON, with its keys in this order and without those that are null.
 *
 * @param command its name, such as {@code train}
 * @param version of this software
 * @param host that the driver ran on
 * @param started ISO 8601, in UTC
 * @param ended likewise
 * @param seconds between the two
 * @param exitCode as the shell gets it
 * @param ending {@code done}, {@code failed} or {@code stopped}
 * @param message what went wrong, as it is said on the standard error stream; null if nothing did
 * @param output what the command was to write to; null where it was not told
 * @param result what the last line of the standard output has; null if it did not come to one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "command",
  "version",
  "host",
  "started",
  "ended",
  "seconds",
  "exitCode",
  "ending",
  "message",
  "output",
  "result"
})
public record JobSummary(
    String command,
    String version,
    String host,
    String started,
    String ended,
    double seconds,
    int exitCode,
    String ending,
    String message,
    String output,
    Map<String, Object> result) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** As text, laid out. */
  public byte[] toJson() {
    try {
      String text = JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
