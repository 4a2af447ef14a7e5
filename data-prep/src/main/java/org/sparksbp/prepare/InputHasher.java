package org.sparksbp.prepare;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.sparksbp.shard.InputFile;
import org.sparksbp.shard.Sha256;

/** From a raw file's path to its size and hash, as text; runs on executors. */
final class InputHasher implements Function<String, String> {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration hadoop;
  private final LongAccumulator done;

  InputHasher(SerializableConfiguration hadoop, LongAccumulator done) {
    this.hadoop = hadoop;
    this.done = done;
  }

  @Override
  public String call(String path) throws IOException {
    InputFile file = Sha256.ofFile(hadoop.value(), new Path(path), "");
    done.add(1);
    return file.bytes() + " " + file.sha256();
  }

  static InputFile parse(String name, String text) {
    int space = text.indexOf(' ');
    return new InputFile(name, Long.parseLong(text.substring(0, space)), text.substring(space + 1));
  }
}
