package org.sparksbp.storage;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A folder that is whole or not there: filled under a temporary name beside its place, and put
 * there by {@link #commit}. As no file system replaces a folder in one step, the old one is moved
 * aside first; whoever reads or writes next puts it back if the writer was killed then. A folder
 * has one writer at a time.
 *
 * <p>An object store cannot move a folder. There a new one is filled in its place, so that the file
 * that is written last tells that it is whole; one that replaces another is copied over it, once a
 * note says that it counts, see {@link StoredReplacement}.
 */
public final class AtomicFolder implements Closeable {

  private final Configuration hadoop;
  private final Replacement replacement;
  private final boolean isStored;
  private final Path temporary;
  private boolean committed;

  /** A folder to fill; it is empty at first. */
  public AtomicFolder(Configuration hadoop, Path folder) throws IOException {
    this.hadoop = hadoop;
    this.replacement = new Replacement(hadoop, folder);
    this.isStored = replacement.showsWholeFilesOnly();
    boolean isInPlace = isStored && !replacement.files().exists(replacement.target());
    this.temporary = isInPlace ? replacement.target() : replacement.temporary();
    if (!isStored) {
      replacement.files().mkdirs(temporary);
    }
  }

  /**
   * Opens a file of a folder that was committed; the caller closes it.
   *
   * @throws FileNotFoundException if there is none
   */
  public static InputStream open(Configuration hadoop, Path folder, String name)
      throws IOException {
    Replacement replacement = new Replacement(hadoop, folder);
    if (replacement.showsWholeFilesOnly()) {
      return new StoredReplacement(replacement).open(name);
    }
    Path file = new Path(replacement.target(), name);
    try {
      return replacement.files().open(file);
    } catch (FileNotFoundException e) {
      if (replacement.recover()) {
        return replacement.files().open(file);
      }
      throw e;
    }
  }

  /** Whether there is a folder that was committed, with a file of this name. */
  public static boolean has(Configuration hadoop, Path folder, String name) throws IOException {
    Replacement replacement = new Replacement(hadoop, folder);
    if (replacement.showsWholeFilesOnly()) {
      return new StoredReplacement(replacement).has(name);
    }
    Path file = new Path(replacement.target(), name);
    return replacement.files().exists(file)
        || (replacement.recover() && replacement.files().exists(file));
  }

  /** Where the folder is filled, for writers that want a path. */
  public Path temporary() {
    return temporary;
  }

  /** Creates a file in the folder; the caller closes it. */
  public OutputStream create(String name) throws IOException {
    return replacement.files().create(new Path(temporary, name), true);
  }

  /** Writes a file in the folder, to the disk where the file system lets one wait for that. */
  public void write(String name, AtomicFile.Content content) throws IOException {
    try (FSDataOutputStream out = replacement.files().create(new Path(temporary, name), true)) {
      content.writeTo(out);
      out.flush();
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    }
  }

  /** Takes a file that is whole and lies on the same file system into the folder. */
  public void take(Path whole, String name) throws IOException {
    new Replacement(hadoop, new Path(temporary, name)).byMove(whole);
  }

  /** Puts the folder, whose files have been closed, in the place of an earlier one. */
  public void commit() throws IOException {
    if (!isStored) {
      replacement.bySwap(temporary);
    } else if (!temporary.equals(replacement.target())) {
      new StoredReplacement(replacement).by(temporary);
    }
    committed = true;
  }

  /** Deletes what was not committed. */
  @Override
  public void close() throws IOException {
    if (!committed) {
      replacement.files().delete(temporary, true);
    }
  }
}
