package org.sparksbp.storage;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * A file that is whole or not there: written under a temporary name beside its place, or out of
 * sight where the file system can, and put there by {@link #commit}. Closed without it, nothing of
 * the new file stays and the old one is as it was. Any number of writers may write the same file;
 * the last to commit wins.
 */
public final class AtomicFile implements Closeable {

  private final Replacement replacement;
  private final Path temporary;
  private FSDataOutputStream unseen;
  private boolean committed;

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A file to write; its folder need not be there. */
  public AtomicFile(Configuration hadoop, Path file) throws IOException {
    this.replacement = new Replacement(hadoop, file);
    this.temporary = replacement.temporary();
  }

  /** Writes a file at once, in place of an earlier one. */
  public static void write(Configuration hadoop, Path file, byte[] content) throws IOException {
    write(hadoop, file, out -> out.write(content));
  }

  /** Writes a file from a stream, which is closed here, in place of an earlier one. */
  public static void write(Configuration hadoop, Path file, Content content) throws IOException {
    try (AtomicFile atomic = new AtomicFile(hadoop, file)) {
      try (OutputStream out = atomic.create()) {
        content.writeTo(out);
      }
      atomic.commit();
    }
  }

  /** Reads a file; empty if there is none. */
  public static Optional<byte[]> read(Configuration hadoop, Path file) throws IOException {
    Replacement replacement = new Replacement(hadoop, file);
    try {
      return Optional.of(bytes(replacement));
    } catch (FileNotFoundException e) {
      return replacement.swapsFiles() && replacement.recover()
          ? Optional.of(bytes(replacement))
          : Optional.empty();
    }
  }

  private static byte[] bytes(Replacement replacement) throws IOException {
    try (InputStream in = replacement.files().open(replacement.target())) {
      return in.readAllBytes();
    }
  }

  /** Puts a file that is whole and lies on the same file system in the place of another. */
  public static void put(Configuration hadoop, Path whole, Path file) throws IOException {
    new Replacement(hadoop, file).byFile(whole);
  }

  /**
   * Creates the file; the caller closes it. Once only: what is written out of sight is put in place
   * when {@link #commit} closes it.
   */
  public OutputStream create() throws IOException {
    if (!replacement.showsWholeFilesOnly()) {
      return replacement.files().create(temporary, true);
    }
    unseen = replacement.files().create(replacement.target(), true);
    return new FilterOutputStream(unseen) {
      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  /** Puts the file, which has been closed, in the place of an earlier one. */
  public void commit() throws IOException {
    if (unseen != null) {
      unseen.close();
    } else {
      replacement.byFile(temporary);
    }
    committed = true;
  }

  /** Puts the file in its place unless another is there, which may be open to readers. */
  public void commitUnlessThere() throws IOException {
    if (unseen == null) {
      replacement.byFirst(temporary);
    } else if (!replacement.files().exists(replacement.target())) {
      commit();
    }
  }

  /** Deletes what was not committed. */
  @Override
  public void close() throws IOException {
    if (committed) {
      return;
    }
    if (unseen != null) {
      unseen.abort();
    } else {
      replacement.files().delete(temporary, false);
    }
  }
}
