package org.sparksbp.storage;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Files that are whole or not there, on any Hadoop file system, without checksum files beside. */
public final class AtomicFile {

  private AtomicFile() {}

  public static FileSystem files(Configuration hadoop, Path path) throws IOException {
    FileSystem found = path.getFileSystem(hadoop);
    return found instanceof LocalFileSystem local ? local.getRaw() : found;
  }

  /** Writes a file aside and renames it over an earlier one. */
  public static void write(Configuration hadoop, Path file, byte[] content) throws IOException {
    Path aside = aside(file);
    try (OutputStream out = files(hadoop, file).create(aside, true)) {
      out.write(content);
    }
    rename(hadoop, aside, file);
  }

  /** A name of this process alone, for what is being written. */
  public static Path aside(Path file) {
    String writer =
        Long.toHexString(ProcessHandle.current().pid()) + "-" + Long.toHexString(System.nanoTime());
    return new Path(file.getParent(), "." + file.getName() + "." + writer + ".writing");
  }

  public static void rename(Configuration hadoop, Path aside, Path file) throws IOException {
    Path whole = file.getFileSystem(hadoop).makeQualified(file);
    FileContext.getFileContext(whole.toUri(), hadoop)
        .rename(aside.getFileSystem(hadoop).makeQualified(aside), whole, Options.Rename.OVERWRITE);
  }
}
