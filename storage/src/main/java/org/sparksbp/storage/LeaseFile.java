package org.sparksbp.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease as a file that only one process can create. */
final class LeaseFile implements LeaseStore {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseFile.class);
  private static final int TRIES = 5;

  private final FileSystem files;
  private final Path file;
  private final Duration stale;

  LeaseFile(FileSystem files, Path file, Duration stale) {
    this.files = files;
    this.file = file;
    this.stale = stale;
  }

  @Override
  public void take(LeaseHolder own) throws IOException {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (create(own)) {
        return;
      }
      Optional<LeaseHolder> other = read(file);
      if (other.isPresent() && !other.get().isGone(stale)) {
        throw LeaseStore.inUse(file, other.get(), stale);
      }
      other.ifPresent(gone -> LOG.info("Passing over a lease of {}", gone));
      setAside(other);
    }
    throw LeaseStore.crowded(file);
  }

  @Override
  public Optional<String> renew(LeaseHolder own, Duration unheard) throws IOException {
    boolean isFree = read(file).isEmpty() && create(own);
    if (!isOwn(own) && !isFree) {
      return Optional.of(read(file).map(LeaseHolder::toString).orElse("nobody"));
    }
    try (OutputStream out = files.create(file, true)) {
      out.write(own.text().getBytes(StandardCharsets.UTF_8));
    }
    return Optional.empty();
  }

  @Override
  public void release(LeaseHolder own) throws IOException {
    if (isOwn(own)) {
      files.delete(file, false);
    }
  }

  private boolean isOwn(LeaseHolder own) throws IOException {
    return read(file).map(LeaseHolder::owner).map(own.owner()::equals).orElse(false);
  }

  /** Creates the file if there is none, in one step. */
  private boolean create(LeaseHolder own) throws IOException {
    byte[] text = own.text().getBytes(StandardCharsets.UTF_8);
    try {
      if ("file".equals(file.toUri().getScheme())) {
        // Hadoop's local file system looks first and creates then.
        createLocal(java.nio.file.Path.of(file.toUri()), text);
        return true;
      }
      try (OutputStream out = files.create(file, false)) {
        out.write(text);
      }
      return true;
    } catch (java.nio.file.FileAlreadyExistsException | FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      if (files.exists(file)) { // HDFS has other words for a file that another just creates
        return false;
      }
      throw e;
    }
  }

  /** One that there is no room for is no lease of anybody's. */
  private static void createLocal(java.nio.file.Path place, byte[] text) throws IOException {
    try (OutputStream out =
        java.nio.file.Files.newOutputStream(place, StandardOpenOption.CREATE_NEW)) {
      try {
        out.write(text);
      } catch (IOException e) {
        java.nio.file.Files.delete(place);
        throw e;
      }
    }
  }

  /** Who holds it; one that is still being written by its date; empty if nobody does. */
  private Optional<LeaseHolder> read(Path place) throws IOException {
    try {
      FileStatus status = files.getFileStatus(place);
      String text;
      try (InputStream in = files.open(place)) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      Instant changed = Instant.ofEpochMilli(status.getModificationTime());
      return LeaseHolder.of(text)
          .or(() -> Optional.of(new LeaseHolder("", "", -1, "", "just begun", changed, changed)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Moves a lease away that is gone, unless another has taken its place meanwhile. */
  private void setAside(Optional<LeaseHolder> gone) throws IOException {
    if (gone.isEmpty()) {
      return;
    }
    Path aside = file.suffix("." + LeaseHolder.here("").owner());
    if (!renamed(file, aside)) {
      return; // somebody else did
    }
    String moved = read(aside).map(LeaseHolder::owner).orElse("");
    if (moved.equals(gone.get().owner())) {
      files.delete(aside, false);
    } else if (!renamed(aside, file)) {
      files.delete(aside, false);
    }
  }

  private boolean renamed(Path from, Path to) throws IOException {
    try {
      return files.rename(from, to);
    } catch (FileNotFoundException | FileAlreadyExistsException e) {
      return false;
    }
  }
}
