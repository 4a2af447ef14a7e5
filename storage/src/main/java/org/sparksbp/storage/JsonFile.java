package org.sparksbp.storage;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Files of JSON that this software has written, and that may have been cut or changed since. */
public final class JsonFile {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private JsonFile() {}

  /** Makes something of a file's text. */
  @FunctionalInterface
  public interface Parser<T> {

    /** Returns null where the text says nothing. */
    T parse(String text) throws JsonProcessingException;
  }

  /**
   * Reads a file.
   *
   * @param advice what to do where it cannot be read, for the message
   * @return empty if there is no such file
   * @throws InvalidInputException naming the file and the line, if it is not what was written
   */
  public static <T> Optional<T> find(
      Configuration hadoop, Path file, Parser<T> parser, String advice) throws IOException {
    Optional<byte[]> content = AtomicFile.read(hadoop, file);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    T parsed;
    try {
      parsed = parser.parse(text(content.get(), file));
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      String line = place == null ? "" : "line " + place.getLineNr() + ", ";
      throw invalid(file, line + reason(e), advice, e);
    }
    if (parsed == null) {
      throw invalid(file, "it says nothing", advice, null);
    }
    return Optional.of(parsed);
  }

  /**
   * The text of a file, in the only encoding that this software writes. A parser that is given
   * bytes guesses an encoding by the first of them.
   *
   * @param file its name, for the message
   */
  public static String text(byte[] content, Path file) throws InvalidInputException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("Cannot read " + file + ": it is no text in UTF-8", e);
    }
  }

  /** What a parser did not like, without the piece of the text that some of its messages quote. */
  public static String reason(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst("(?s) \\(start marker at .*", "");
  }

  private static InvalidInputException invalid(
      Path file, String reason, String advice, Exception cause) {
    return new InvalidInputException(
        "Cannot read " + file + ": " + reason + "; it was cut or changed, " + advice, cause);
  }
}
