package org.sparksbp.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * All files below a folder: by one listing on object stores, which have no folders, else folder by
 * folder, as Hadoop's own way starts a process for each file of a local disk.
 */
public final class FolderListing {

  private FolderListing() {}

  /** The files, in no order; none if there is no such folder. */
  public static List<FileStatus> files(Configuration hadoop, Path folder) throws IOException {
    return files(RawFileSystem.of(hadoop, folder), folder);
  }

  /** The files by their paths below the folder. */
  public static SortedMap<String, FileStatus> byPath(Configuration hadoop, Path folder)
      throws IOException {
    return byPath(RawFileSystem.of(hadoop, folder), folder);
  }

  static SortedMap<String, FileStatus> byPath(FileSystem files, Path folder) throws IOException {
    SortedMap<String, FileStatus> found = new TreeMap<>();
    String prefix = files.makeQualified(folder).toUri().getPath() + "/";
    for (FileStatus file : files(files, folder)) {
      found.put(file.getPath().toUri().getPath().substring(prefix.length()), file);
    }
    return found;
  }

  private static List<FileStatus> files(FileSystem files, Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    try {
      if (RawFileSystem.isObjectStore(files, folder)) {
        RemoteIterator<? extends FileStatus> all = files.listFiles(folder, true);
        while (all.hasNext()) {
          found.add(all.next());
        }
      } else {
        for (FileStatus entry : files.listStatus(folder)) {
          if (entry.isDirectory()) {
            found.addAll(files(files, entry.getPath()));
          } else {
            found.add(entry);
          }
        }
      }
    } catch (FileNotFoundException e) {
      return found; // there is none, or it has been deleted meanwhile
    }
    return found;
  }
}
