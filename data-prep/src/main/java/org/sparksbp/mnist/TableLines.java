package org.sparksbp.mnist;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.storage.InvalidInputException;

/**
 * The lines of a table of images with something in them, one after the other. Whatever the file is,
 * no more than a line of {@value #MAX_BYTES} bytes is in memory.
 */
final class TableLines implements Closeable {

  /** Ample for 785 numbers with all their digits. */
  static final int MAX_BYTES = 1 << 16;

  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] line = new byte[MAX_BYTES];
  private int next;
  private int end;
  private long number;
  private int length;

  private TableLines(InputStream in) {
    this.in = in;
  }

  /**
   * Opens a table, plain or gzipped.
   *
   * @throws InvalidInputException if it is no text, or one in UTF-16
   */
  static TableLines open(Configuration hadoop, String file) throws IOException {
    TableLines lines = new TableLines(RawFile.open(hadoop, new Path(file)));
    try {
      lines.end = lines.in.readNBytes(lines.buffer, 0, lines.buffer.length);
      FileKind kind = FileKind.of(Arrays.copyOf(lines.buffer, Math.min(4, lines.end)));
      if (kind != FileKind.TEXT) {
        throw new InvalidInputException("Invalid CSV file " + file + ": " + kind.advice());
      }
      int mark = Arrays.mismatch(MARK, 0, MARK.length, lines.buffer, 0, lines.end);
      lines.next = mark < 0 || mark == MARK.length ? MARK.length : 0;
      return lines;
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  /** Goes to the next line that is not blank; false at the end of the file. */
  boolean advance() throws IOException {
    length = 0;
    boolean blank = true;
    for (int b = read(); b >= 0; b = read()) {
      if (b == '\n') {
        number++;
        if (!blank) {
          return true;
        }
        length = 0;
      } else {
        blank &= b <= ' ';
        if (length < MAX_BYTES) {
          line[length] = (byte) b;
        }
        length = Math.min(length + 1, MAX_BYTES + 1);
      }
    }
    number++;
    return !blank;
  }

  private int read() throws IOException {
    if (next == end) {
      end = Math.max(0, in.read(buffer, 0, buffer.length));
      next = 0;
      if (end == 0) {
        return -1;
      }
    }
    return buffer[next++] & 0xff;
  }

  /** Number of the line in the file, from 1. */
  long number() {
    return number;
  }

  /** Whether the line has more bytes than a row of images can have. */
  boolean isTooLong() {
    return length > MAX_BYTES;
  }

  /** The line without its end, as far as it is not too long. */
  String text() {
    return new String(line, 0, Math.min(length, MAX_BYTES), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
