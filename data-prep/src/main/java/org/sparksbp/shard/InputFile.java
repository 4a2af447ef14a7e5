package org.sparksbp.shard;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.storage.RawFileSystem;

/**
 * A raw file that a data set was made from.
 *
 * @param name path below the input folder
 * @param bytes size as stored, gzipped or not
 * @param sha256 of the bytes as stored, in hexadecimal
 */
public record InputFile(String name, long bytes, String sha256) {

  /**
   * Reads a whole file as a stream.
   *
   * @param name what the file is called in the result
   * @throws IOException if it cannot be read
   */
  public static InputFile of(Configuration hadoop, Path path, String name) throws IOException {
    try (InputStream in = RawFileSystem.of(hadoop, path).open(path)) {
      Checksum checksum = Checksum.sha256().addAll(in);
      return new InputFile(name, checksum.bytes(), checksum.hex());
    }
  }
}
