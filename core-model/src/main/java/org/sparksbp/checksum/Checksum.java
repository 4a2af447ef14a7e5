package org.sparksbp.checksum;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A checksum that takes its bytes one after the other, be it from memory or while a stream is read
 * or written.
 */
public final class Checksum {

  /** How a checksum is made. */
  public enum Algorithm {
    /** Only to check downloads whose published checksums are MD5. */
    MD5("MD5"),
    SHA_256("SHA-256");

    private final String standardName;

    Algorithm(String standardName) {
      this.standardName = standardName;
    }

    /** The name as it is usually written, for example {@code SHA-256}. */
    @Override
    public String toString() {
      return standardName;
    }
  }

  private static final int BUFFER_BYTES = 1 << 16;

  private final MessageDigest digest;
  private long bytes;

  private Checksum(MessageDigest digest) {
    this.digest = digest;
  }

  /** A checksum of nothing yet. */
  public static Checksum using(Algorithm algorithm) {
    try {
      return new Checksum(MessageDigest.getInstance(algorithm.toString()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot check files: this Java has no " + algorithm, e);
    }
  }

  /** A SHA-256 of nothing yet. */
  public static Checksum sha256() {
    return using(Algorithm.SHA_256);
  }

  /** The SHA-256 of a text in UTF-8, in hexadecimal. */
  public static String sha256(String text) {
    return sha256().add(text).hex();
  }

  /** The SHA-256 of some bytes, in hexadecimal. */
  public static String sha256(byte[] content) {
    return sha256().add(content).hex();
  }

  /** Takes in some bytes. */
  public Checksum add(byte... content) {
    return add(content, 0, content.length);
  }

  /** Takes in {@code length} bytes from {@code offset} on. */
  public Checksum add(byte[] buffer, int offset, int length) {
    digest.update(buffer, offset, length);
    bytes += length;
    return this;
  }

  /** Takes in a text in UTF-8. */
  public Checksum add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Takes in all that is left of a stream.
   *
   * @param in not closed
   */
  public Checksum addAll(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      add(buffer, 0, read);
    }
    return this;
  }

  /** Number of bytes taken in. */
  public long bytes() {
    return bytes;
  }

  /** The checksum in hexadecimal; to be asked once. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
