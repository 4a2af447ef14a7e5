package org.sparksbp.shard;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A file that is hashed while it is written. It reports no block size, as padding to one would make
 * the bytes depend on the file system.
 */
final class HashingOutputFile implements OutputFile {

  /** Longest footer, in bytes, that can be put in order; they have a few thousand. */
  private static final int HELD = 1 << 20;

  private final Configuration hadoop;
  private final Path place;
  private final MessageDigest digest = Sha256.digest();
  private long bytes;

  HashingOutputFile(Configuration hadoop, Path place) {
    this.hadoop = hadoop;
    this.place = place;
  }

  /** Size of what was written. */
  long bytes() {
    return bytes;
  }

  /** SHA-256 of what was written, in hexadecimal; to be asked once. */
  String sha256() {
    return Sha256.hex(digest);
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return new Stream(place.getFileSystem(hadoop).create(place, false));
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return new Stream(place.getFileSystem(hadoop).create(place, true));
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  /** Holds the last bytes back until the file is closed, as its footer is put in order then. */
  private final class Stream extends PositionOutputStream {
    private final OutputStream out;
    private final byte[] held = new byte[2 * HELD];
    private int heldBytes;
    private boolean closed;

    Stream(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return bytes;
    }

    @Override
    public void write(int value) throws IOException {
      makeRoom();
      held[heldBytes++] = (byte) value;
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      int written = 0;
      while (written < length) {
        makeRoom();
        int part = Math.min(length - written, held.length - heldBytes);
        System.arraycopy(buffer, offset + written, held, heldBytes, part);
        heldBytes += part;
        written += part;
      }
      bytes += length;
    }

    private void makeRoom() throws IOException {
      if (heldBytes == held.length) {
        emit(held, held.length - HELD);
        System.arraycopy(held, held.length - HELD, held, 0, HELD);
        heldBytes = HELD;
      }
    }

    private void emit(byte[] buffer, int length) throws IOException {
      out.write(buffer, 0, length);
      digest.update(buffer, 0, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (OutputStream last = out) {
        byte[] end = CanonicalFooter.of(Arrays.copyOf(held, heldBytes));
        emit(end, end.length);
      }
    }
  }
}
