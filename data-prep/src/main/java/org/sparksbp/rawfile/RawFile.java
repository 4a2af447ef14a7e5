package org.sparksbp.rawfile;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.RawFileSystem;

/** Opens raw files as streams of their content. */
public final class RawFile {

  private static final int BUFFER_BYTES = 1 << 16;

  private RawFile() {}

  /**
   * Opens a file; gzip is recognised by its first two bytes, not by its name.
   *
   * @return the content, whose reads throw {@link InvalidInputException} where the gzip data are
   *     truncated or damaged
   */
  public static InputStream open(Configuration hadoop, Path path) throws IOException {
    FileSystem fileSystem = RawFileSystem.of(hadoop, path);
    InputStream raw = new BufferedInputStream(fileSystem.open(path), BUFFER_BYTES);
    try {
      raw.mark(2);
      int first = raw.read();
      int second = raw.read();
      raw.reset();
      return first == 0x1f && second == 0x8b ? new CheckedGzip(raw, path) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Whether the file's first two bytes say that it is gzipped. */
  public static boolean isGzip(Configuration hadoop, Path path) throws IOException {
    try (InputStream raw = RawFileSystem.of(hadoop, path).open(path)) {
      return raw.read() == 0x1f && raw.read() == 0x8b;
    }
  }

  /** Turns the errors of the gzip decoder into ones that name the file and what to do. */
  private static final class CheckedGzip extends FilterInputStream {
    private final Path path;
    private long contentBytes;

    CheckedGzip(InputStream raw, Path path) throws IOException {
      super(null);
      this.path = path;
      try {
        in = new GZIPInputStream(raw, BUFFER_BYTES);
      } catch (EOFException | ZipException e) {
        throw damaged(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int count = in.read(buffer, offset, length);
        contentBytes += Math.max(count, 0);
        return count;
      } catch (EOFException | ZipException e) {
        throw damaged(e);
      }
    }

    private InvalidInputException damaged(IOException cause) {
      String what =
          cause instanceof EOFException
              ? "truncated, it ends after " + contentBytes + " bytes of content"
              : "damaged after " + contentBytes + " bytes of content (" + cause.getMessage() + ")";
      return new InvalidInputException(
          "Invalid gzip file " + path + ": " + what + "; get the file anew", cause);
    }
  }
}
