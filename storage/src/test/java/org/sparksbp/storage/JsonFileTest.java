package org.sparksbp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFileTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir java.nio.file.Path folder;

  @Test
  void aFileIsParsedAndOneThatIsMissingIsEmpty() throws IOException {
    assertThat(find()).isEmpty();
    write("{\"a\": 1}", StandardCharsets.UTF_8);
    assertThat(find().map(Object::toString)).contains("{a=1}");
    write("\uFEFF{\"a\": 1}", StandardCharsets.UTF_8);
    assertThat(find().map(Object::toString)).contains("{a=1}");
  }

  @Test
  void aFileThatWasCutIsNamedWithItsLineAndWhatToDo() throws IOException {
    write("{\n  \"a\": ", StandardCharsets.UTF_8);
    assertThatThrownBy(this::find)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Cannot read " + place() + ": line 2, Unexpected end-of-input")
        .hasMessageEndingWith("; it was cut or changed, make it anew");
    write("{\n", StandardCharsets.UTF_8);
    assertThatThrownBy(this::find)
        .hasMessageEndingWith(
            "expected close marker for Object; it was cut or changed, make it anew");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7"})
  void aFileOfSomethingElseIsNamed(String text) throws IOException {
    write(text, StandardCharsets.UTF_8);
    assertThatThrownBy(this::find)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Cannot read " + place())
        .hasMessageEndingWith("make it anew");
  }

  /** The parser would take the first for JSON, and end with another exception at the second. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-32BE", "X-UTF-32LE-BOM", "UTF-16"})
  void otherEncodingsThanUtf8AreRefused(String charset) throws IOException {
    write("{\"\u00e4\": 1}", Charset.forName(charset));
    assertThatThrownBy(this::find)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Cannot read " + place());
  }

  private Optional<?> find() throws IOException {
    return JsonFile.find(
        new Configuration(), place(), text -> JSON.readValue(text, Map.class), "make it anew");
  }

  private void write(String text, Charset charset) throws IOException {
    Files.write(folder.resolve("some.json"), text.getBytes(charset));
  }

  private Path place() {
    return new Path(folder.toString(), "some.json");
  }
}
