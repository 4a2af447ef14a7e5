package org.sparksbp.checksum;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A checksum within a JSON object of all its other keys and values, in their order: a damaged one
 * is told from what somebody has written. How the text is laid out does not count.
 */
public final class SealedJson {

  /** The key that has the checksum. */
  public static final String KEY = "crc32c";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SealedJson() {}

  /** Adds the checksum, as the last key, or in its place. */
  public static ObjectNode seal(ObjectNode json) {
    return json.put(KEY, checksum(json));
  }

  /** Whether an object has its own checksum, or none, as those of earlier versions. */
  public static boolean isIntact(JsonNode json) {
    return !json.has(KEY) || json.get(KEY).asText().equals(checksum(json));
  }

  /** A checksum of 32 bits as it is written. */
  public static String written(long crc) {
    return HexFormat.of().toHexDigits((int) crc);
  }

  private static String checksum(JsonNode json) {
    try {
      // As it is read back, where all kinds of numbers are two.
      ObjectNode read = (ObjectNode) JSON.readTree(json.toString());
      read.remove(KEY);
      CRC32C crc = new CRC32C();
      crc.update(read.toString().getBytes(StandardCharsets.UTF_8));
      return written(crc.getValue());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read what was just written", e);
    }
  }
}
