package org.sparksbp.shard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.RawFileSystem;

/**
 * A Parquet file whose bytes depend on nothing but its content, hashed while it is written. It
 * reports no block size, as padding to one would make the bytes depend on the file system.
 */
public final class HashingOutputFile implements OutputFile {

  private final Creation creation;
  private final Checksum checksum = Checksum.sha256();
  private ByteArrayOutputStream heldBack;

  /** Creates the file. */
  @FunctionalInterface
  private interface Creation {
    OutputStream create(boolean overwrite) throws IOException;
  }

  /** A file that is created when its writer is. */
  public HashingOutputFile(Configuration hadoop, Path place) {
    this.creation = overwrite -> RawFileSystem.of(hadoop, place).create(place, overwrite);
  }

  /** A file that the caller commits when its writer is closed. */
  public HashingOutputFile(AtomicFile file) {
    this.creation = overwrite -> file.create();
  }

  /**
   * Says that the rest of the file follows: at most the last row group, then the footer. It is held
   * back until the file is closed, when its footer can be made canonical. To be called before the
   * writer is closed.
   */
  public void expectFooter() {
    heldBack = new ByteArrayOutputStream();
  }

  /** Size of what was written. */
  long bytes() {
    return checksum.bytes();
  }

  /** SHA-256 of what was written, in hexadecimal; to be asked once. */
  String sha256() {
    return checksum.hex();
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return new Stream(creation.create(false));
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return new Stream(creation.create(true));
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  private final class Stream extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    Stream(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      position += length;
      if (heldBack != null) {
        heldBack.write(buffer, offset, length);
      } else {
        pass(buffer, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      try (out) {
        if (heldBack != null) {
          byte[] tail = CanonicalFooter.apply(heldBack.toByteArray());
          heldBack = null;
          pass(tail, 0, tail.length);
        }
      }
    }

    private void pass(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      checksum.add(buffer, offset, length);
    }
  }
}
