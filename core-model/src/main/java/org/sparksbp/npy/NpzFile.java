package org.sparksbp.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip of arrays, as {@code numpy.load} reads it under their names. The same arrays make the same
 * bytes: its members bear no time.
 */
public final class NpzFile implements AutoCloseable {

  /** The earliest time that a zip can name. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;

  /** Writes to a stream, which {@link #close} leaves open. */
  public NpzFile(OutputStream out) {
    this.zip = new ZipOutputStream(out);
  }

  /**
   * Adds an array of single precision.
   *
   * @param shape lengths of its dimensions
   * @param values their product many values from {@code offset} on, row by row
   */
  public void add(String name, List<Integer> shape, float[] values, int offset) throws IOException {
    begin(name);
    FloatArrayFile.write(zip, shape, values, offset);
    zip.closeEntry();
  }

  /** Adds a text as an array of the bytes of its UTF-8, which needs no pickle to be read. */
  public void add(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    begin(name);
    zip.write(NpyHeader.of("|u1", List.of(bytes.length)));
    zip.write(bytes);
    zip.closeEntry();
  }

  private void begin(String name) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
  }

  @Override
  public void close() throws IOException {
    zip.finish();
  }
}
