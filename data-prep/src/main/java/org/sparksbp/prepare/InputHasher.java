package org.sparksbp.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.sparksbp.shard.InputFile;

/** From a raw file's path to its size and hash, as JSON text; runs on executors. */
final class InputHasher implements Function<String, String> {
  private static final long serialVersionUID = 1L;

  private static final JsonMapper MAPPER = new JsonMapper();

  private final SerializableConfiguration hadoop;
  private final LongAccumulator done;

  InputHasher(SerializableConfiguration hadoop, LongAccumulator done) {
    this.hadoop = hadoop;
    this.done = done;
  }

  @Override
  public String call(String path) throws IOException {
    InputFile file = InputFile.of(hadoop.value(), new Path(path), "");
    done.add(1);
    return MAPPER.writeValueAsString(file);
  }

  static InputFile ofJson(String name, String text) throws JsonProcessingException {
    InputFile file = MAPPER.readValue(text, InputFile.class);
    return new InputFile(name, file.bytes(), file.sha256());
  }
}
