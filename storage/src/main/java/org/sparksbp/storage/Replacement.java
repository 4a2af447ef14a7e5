package org.sparksbp.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Puts what is whole in the place of what was there. No step deletes the old before the new is in
 * its place, so a process that is killed between two steps leaves one of them.
 */
final class Replacement {

  private static final String WRITING = ".writing";
  private static final String REPLACED = ".replaced";
  private static final int ATTEMPTS = 10;

  private final Configuration hadoop;
  private final FileSystem files;
  private final Path target;
  private final Path old;

  /** Replaces this file or folder. */
  Replacement(Configuration hadoop, Path target) throws IOException {
    this.hadoop = hadoop;
    this.files = RawFileSystem.of(hadoop, target);
    this.target = files.makeQualified(target);
    this.old = new Path(this.target.getParent(), "." + target.getName() + REPLACED);
  }

  /**
   * A new name beside the target that no other writer has. The target's name is no part of it, as
   * some readers take whatever has a certain word in its name.
   */
  Path temporary() {
    return new Path(target.getParent(), "." + UUID.randomUUID() + WRITING);
  }

  /** Whether a name is one of {@link #temporary}. */
  static boolean isTemporary(Path path) {
    return path.getName().startsWith(".") && path.getName().endsWith(WRITING);
  }

  /** Whether a name is that of something moved aside. */
  static boolean isReplaced(Path path) {
    return path.getName().startsWith(".") && path.getName().endsWith(REPLACED);
  }

  /** What a file or folder was called that has been moved aside. */
  static Path original(Path replaced) {
    String name = replaced.getName();
    return new Path(replaced.getParent(), name.substring(1, name.length() - REPLACED.length()));
  }

  Path target() {
    return target;
  }

  FileSystem files() {
    return files;
  }

  /** Puts a file in the target's place, in one step where the file system has such a step. */
  void byFile(Path whole) throws IOException {
    if (isLocal()) {
      // The checksum of an earlier file, if it was written with one, would condemn this one.
      files.delete(new Path(target.getParent(), "." + target.getName() + ".crc"), false);
      if (!files.rename(whole, target)) {
        throw new IOException("Cannot rename " + whole + " to " + target);
      }
    } else if (isHdfs()) {
      context().rename(files.makeQualified(whole), target, Options.Rename.OVERWRITE);
    } else {
      bySwap(whole);
    }
  }

  /** Puts a file at the target, where nothing may be. */
  void byMove(Path whole) throws IOException {
    move(whole, target);
  }

  /** Puts a file at the target if nothing is there; else leaves both. */
  void byFirst(Path whole) throws IOException {
    try {
      move(whole, target);
    } catch (IOException e) {
      // Another writer of the same file may have come first.
      if (!files.exists(target)) {
        throw e;
      }
    }
  }

  /** Puts a folder in the target's place: the old one is moved aside and deleted at the end. */
  void bySwap(Path whole) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        if (files.exists(target)) {
          files.delete(old, true);
          move(target, old);
        }
        move(whole, target);
        files.delete(old, true);
        return;
      } catch (FileAlreadyExistsException | FileNotFoundException e) {
        // A reader has put the old one back, or another writer has taken it away: once more.
        if (attempt == ATTEMPTS) {
          recover();
          throw e;
        }
      } catch (IOException e) {
        recover();
        throw e;
      }
    }
  }

  /**
   * Puts back what a killed process had moved aside.
   *
   * @return whether the target was missing and is there now
   */
  boolean recover() throws IOException {
    if (!files.exists(old) || files.exists(target)) {
      return false;
    }
    try {
      move(old, target);
    } catch (FileNotFoundException | FileAlreadyExistsException e) {
      // The writer lives and has gone on, or another reader was faster.
      return files.exists(target);
    }
    return true;
  }

  /** Whether a file's replacement can be interrupted between two steps. */
  boolean swapsFiles() throws IOException {
    return !isLocal() && !isHdfs() && !showsWholeFilesOnly();
  }

  /** Whether a temporary name is of no use, see {@link RawFileSystem#isObjectStore}. */
  boolean showsWholeFilesOnly() throws IOException {
    return RawFileSystem.isObjectStore(files, target);
  }

  private void move(Path from, Path to) throws IOException {
    if (isHdfs()) {
      // FileSystem.rename would move a folder into a folder that is there.
      context().rename(files.makeQualified(from), to, Options.Rename.NONE);
      return;
    }
    if (!files.exists(to) && files.rename(from, to)) {
      return;
    }
    String failure = "Cannot rename " + from + " to " + to;
    throw files.exists(to)
        ? new FileAlreadyExistsException(failure + ": it is there")
        : new IOException(failure);
  }

  private FileContext context() throws IOException {
    return FileContext.getFileContext(target.toUri(), hadoop);
  }

  private boolean isLocal() {
    return files.getClass() == RawLocalFileSystem.class;
  }

  private boolean isHdfs() {
    return "hdfs".equals(files.getUri().getScheme());
  }
}
