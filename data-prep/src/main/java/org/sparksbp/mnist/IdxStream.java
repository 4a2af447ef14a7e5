package org.sparksbp.mnist;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.storage.InvalidInputException;

/** The items of an IDX file, one after the other. */
final class IdxStream implements Closeable {

  private static final int SKIP_BYTES = 1 << 16;

  private final InputStream in;
  private final String file;
  private final IdxHeader header;
  private long next;

  private IdxStream(InputStream in, String file, IdxHeader header) {
    this.in = in;
    this.file = file;
    this.header = header;
  }

  static IdxStream images(Configuration hadoop, String file) throws IOException {
    return open(hadoop, file, IdxHeader::readImages);
  }

  static IdxStream labels(Configuration hadoop, String file) throws IOException {
    return open(hadoop, file, IdxHeader::readLabels);
  }

  @FunctionalInterface
  private interface HeaderReader {
    IdxHeader read(InputStream in, String file) throws IOException;
  }

  private static IdxStream open(Configuration hadoop, String file, HeaderReader reader)
      throws IOException {
    InputStream in = RawFile.open(hadoop, new Path(file));
    try {
      return new IdxStream(in, file, reader.read(in, file));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  IdxHeader header() {
    return header;
  }

  /** Leaves out items up to the one of that number. */
  void skipTo(long item) throws IOException {
    byte[] buffer = new byte[SKIP_BYTES];
    long remaining = (item - next) * header.itemBytes();
    while (remaining > 0) {
      int wanted = (int) Math.min(remaining, buffer.length);
      int count = in.readNBytes(buffer, 0, wanted);
      remaining -= count;
      if (count < wanted) {
        throw endsEarly(header.headerBytes() + item * header.itemBytes() - remaining);
      }
    }
    next = item;
  }

  /** Reads the next item. */
  void read(byte[] item) throws IOException {
    int count = in.readNBytes(item, 0, header.itemBytes());
    if (count < header.itemBytes()) {
      throw endsEarly(header.headerBytes() + next * header.itemBytes() + count);
    }
    next++;
  }

  /** Reads what is left and checks that the content is as long as its header says. */
  void checkEnd() throws IOException {
    skipTo(header.count());
    if (in.read() >= 0) {
      throw new InvalidInputException(
          "Invalid IDX file "
              + file
              + ": goes on after byte "
              + header.fileBytes()
              + ", where the "
              + header.count()
              + " items of its header end; get the file anew");
    }
  }

  private InvalidInputException endsEarly(long at) {
    return new InvalidInputException(
        "Invalid IDX file "
            + file
            + ": ends at byte "
            + at
            + ", but the "
            + header.count()
            + " items of its header need "
            + header.fileBytes()
            + " bytes; get the file anew");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
