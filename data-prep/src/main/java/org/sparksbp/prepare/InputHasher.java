package org.sparksbp.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.sparksbp.shard.InputFile;
import org.sparksbp.storage.Sha256;

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
    MessageDigest digest = Sha256.digest();
    Path file = new Path(path);
    long bytes;
    try (InputStream in =
        new DigestInputStream(file.getFileSystem(hadoop.value()).open(file), digest)) {
      bytes = in.transferTo(OutputStream.nullOutputStream());
    }
    done.add(1);
    return bytes + " " + Sha256.hex(digest);
  }

  static InputFile parse(String name, String text) {
    int space = text.indexOf(' ');
    return new InputFile(name, Long.parseLong(text.substring(0, space)), text.substring(space + 1));
  }
}
