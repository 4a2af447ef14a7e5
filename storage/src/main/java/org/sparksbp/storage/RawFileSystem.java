package org.sparksbp.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file system of a path, the local one without Hadoop's checksum files: those keep it from
 * appending, hold back what has been flushed, and are not replaced in one step with their file.
 */
public final class RawFileSystem {

  private RawFileSystem() {}

  /** The file system that this path lies on. */
  public static FileSystem of(Configuration hadoop, Path path) throws IOException {
    FileSystem found = path.getFileSystem(hadoop);
    return found instanceof LocalFileSystem local ? local.getRaw() : found;
  }
}
