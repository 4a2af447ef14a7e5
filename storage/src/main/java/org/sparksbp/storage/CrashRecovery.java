package org.sparksbp.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Mends a folder that writers of {@link AtomicFile} or {@link AtomicFolder} were killed in. */
public final class CrashRecovery {

  /** Age from which on a file under a temporary name in a shared folder has no writer any more. */
  public static final Duration ABANDONED = Duration.ofDays(1);

  private CrashRecovery() {}

  /**
   * Puts back what was moved aside and not replaced, and ends the replacements that count already.
   * To be called before a folder is listed, by whoever alone writes to it.
   */
  public static void restore(Configuration hadoop, Path folder) throws IOException {
    for (FileStatus file : list(hadoop, folder)) {
      restore(hadoop, file);
    }
  }

  /**
   * Does the same, and deletes what was begun and not finished.
   *
   * @param age of what is deleted, at least; {@link Duration#ZERO} where nobody else writes, else
   *     {@link #ABANDONED}
   */
  public static void clean(Configuration hadoop, Path folder, Duration age) throws IOException {
    FileSystem files = RawFileSystem.of(hadoop, folder);
    long newest = System.currentTimeMillis() - age.toMillis();
    FileStatus[] all = list(hadoop, folder);
    for (FileStatus file : all) {
      restore(hadoop, file);
    }
    for (FileStatus file : all) {
      boolean isLeft = Replacement.isTemporary(file.getPath());
      if (isLeft && (age.isZero() || file.getModificationTime() <= newest)) {
        files.delete(file.getPath(), true);
      }
    }
  }

  private static void restore(Configuration hadoop, FileStatus file) throws IOException {
    if (StoredReplacement.isNote(file.getPath())) {
      Path folder = StoredReplacement.original(file.getPath());
      new StoredReplacement(new Replacement(hadoop, folder)).finish();
    }
    if (Replacement.isReplaced(file.getPath())) {
      Replacement replacement = new Replacement(hadoop, Replacement.original(file.getPath()));
      if (!replacement.recover() && replacement.files().exists(replacement.target())) {
        replacement.files().delete(file.getPath(), true);
      }
    }
  }

  private static FileStatus[] list(Configuration hadoop, Path folder) throws IOException {
    try {
      return RawFileSystem.of(hadoop, folder).listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
