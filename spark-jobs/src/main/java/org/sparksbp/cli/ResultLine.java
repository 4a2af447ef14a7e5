package org.sparksbp.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.storage.AtomicFile;

/**
 * What came of a command, for programs: the last line of the standard output where that is no
 * terminal, or a file.
 */
final class ResultLine {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> fields = new LinkedHashMap<>();

  ResultLine(String command) {
    fields.put("command", command);
  }

  ResultLine with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** Prints the line if the command is to end with it. */
  void print(CommonOptions options) {
    options.notify.came(fields);
    try {
      if (options.endsWithJson()) {
        options.out().println(JSON.writeValueAsString(fields));
      }
      options.out().flush();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the fields to a file, in place of an earlier one. */
  void write(Configuration hadoop, Path file) throws IOException {
    byte[] text =
        (JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(fields) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(hadoop, file, text);
  }
}
