package org.sparksbp.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
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

  /**
   * Whether nothing of a file is seen before its stream is closed, and an earlier one until then,
   * as on S3. Such a store has no folders either: moving one copies its files, and a listing tells
   * all that lies below a name.
   */
  public static boolean isObjectStore(FileSystem files, Path path) throws IOException {
    return files.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM);
  }
}
