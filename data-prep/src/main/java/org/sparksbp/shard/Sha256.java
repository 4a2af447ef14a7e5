package org.sparksbp.shard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** SHA-256 in hexadecimal. */
public final class Sha256 {

  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(String text) {
    MessageDigest digest = digest();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(digest);
  }

  /**
   * Reads a whole file as a stream.
   *
   * @param name what the file is called in the result
   * @throws IOException if it cannot be read
   */
  public static InputFile ofFile(Configuration hadoop, Path path, String name) throws IOException {
    MessageDigest digest = digest();
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
    }
    return new InputFile(name, bytes, hex(digest));
  }
}
