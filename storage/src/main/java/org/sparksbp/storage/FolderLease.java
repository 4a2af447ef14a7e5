package org.sparksbp.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a folder: a file that only one process can create, says who it is and
 * renews. What a process leaves behind that was killed is passed over, at once on its own machine,
 * else when it has not been renewed for a while.
 */
public final class FolderLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderLease.class);

  /** Renewals in the time after which a lease is stale. */
  private static final int RENEWALS = 4;

  private static final int TRIES = 5;

  private final FileSystem files;
  private final Path file;
  private final Duration stale;
  private final Consumer<String> lost;
  private final ScheduledExecutorService renewals;
  private LeaseHolder own;
  private Instant said = Instant.now(); // when the file last was this one's

  private FolderLease(
      FileSystem files, Path file, Duration stale, LeaseHolder own, Consumer<String> lost) {
    this.files = files;
    this.file = file;
    this.stale = stale;
    this.own = own;
    this.lost = lost;
    this.renewals =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease of " + file);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes a lease.
   *
   * @param file of the lease; its folder is there
   * @param purpose what the process does, for whoever finds the lease
   * @param stale time without a renewal after which others may take it over, the same for all
   * @param lost told, once, if another process has taken it over: what was written from then on may
   *     be the other's
   * @throws FolderInUseException naming the process that holds it
   */
  public static FolderLease take(
      Configuration hadoop, Path file, String purpose, Duration stale, Consumer<String> lost)
      throws IOException {
    FileSystem files = RawFileSystem.of(hadoop, file);
    Path place = files.makeQualified(file);
    LeaseHolder own = LeaseHolder.here(purpose);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (create(files, place, own)) {
        FolderLease lease = new FolderLease(files, place, stale, own, lost);
        long each = Math.max(1, stale.toMillis() / RENEWALS);
        var unused =
            lease.renewals.scheduleWithFixedDelay(lease::renew, each, each, TimeUnit.MILLISECONDS);
        return lease;
      }
      Optional<LeaseHolder> other = read(files, place);
      if (other.isPresent() && !other.get().isGone(stale)) {
        throw inUse(place, other.get(), stale);
      }
      other.ifPresent(gone -> LOG.info("Passing over a lease of {}", gone));
      setAside(files, place, other);
    }
    throw new FolderInUseException(
        "Cannot write to " + place.getParent() + ": other processes are starting to; try again");
  }

  private static FolderInUseException inUse(Path file, LeaseHolder other, Duration stale) {
    return new FolderInUseException(
        String.format(
            Locale.ROOT,
            "Cannot write to %s: process %d on %s does, since %s (%s). Wait for it, or name another folder; a process that was killed is passed over after %d s",
            file.getParent(),
            other.pid(),
            other.host(),
            other.since(),
            other.purpose(),
            stale.toSeconds()));
  }

  /** Creates the file if there is none, in one step. */
  private static boolean create(FileSystem files, Path file, LeaseHolder own) throws IOException {
    byte[] text = own.text().getBytes(StandardCharsets.UTF_8);
    try {
      if ("file".equals(file.toUri().getScheme())) {
        // Hadoop's local file system looks first and creates then.
        java.nio.file.Files.write(
            java.nio.file.Path.of(file.toUri()), text, StandardOpenOption.CREATE_NEW);
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

  /** Who holds it; one that is still being written by its date; empty if nobody does. */
  private static Optional<LeaseHolder> read(FileSystem files, Path file) throws IOException {
    try {
      FileStatus status = files.getFileStatus(file);
      String text;
      try (InputStream in = files.open(file)) {
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
  private static void setAside(FileSystem files, Path file, Optional<LeaseHolder> gone)
      throws IOException {
    if (gone.isEmpty()) {
      return;
    }
    Path aside = file.suffix("." + LeaseHolder.here("").owner());
    if (!renamed(files, file, aside)) {
      return; // somebody else did
    }
    String moved = read(files, aside).map(LeaseHolder::owner).orElse("");
    if (moved.equals(gone.get().owner())) {
      files.delete(aside, false);
    } else if (!renamed(files, aside, file)) {
      files.delete(aside, false);
    }
  }

  private static boolean renamed(FileSystem files, Path from, Path to) throws IOException {
    try {
      return files.rename(from, to);
    } catch (FileNotFoundException | FileAlreadyExistsException e) {
      return false;
    }
  }

  private synchronized void renew() {
    if (renewals.isShutdown()) {
      return;
    }
    try {
      Optional<LeaseHolder> holder = read(files, file);
      boolean isOwn = holder.map(LeaseHolder::owner).map(own.owner()::equals).orElse(false);
      boolean isFree = holder.isEmpty() && create(files, file, own.renewedNow());
      if (!isOwn && !isFree) {
        lose(read(files, file).map(LeaseHolder::toString).orElse("nobody"));
        return;
      }
      own = own.renewedNow();
      try (OutputStream out = files.create(file, true)) {
        out.write(own.text().getBytes(StandardCharsets.UTF_8));
      }
      said = Instant.now();
    } catch (IOException e) {
      LOG.warn("Cannot renew {}, trying again: {}", file, e.toString());
      if (said.plus(stale).isBefore(Instant.now())) {
        lose("whoever finds it stale, as it cannot be renewed: " + e.getMessage());
      }
    }
  }

  private void lose(String other) {
    renewals.shutdown();
    lost.accept(
        String.format(
            Locale.ROOT,
            "Cannot go on writing to %s: this process was not heard of for %d s and has lost it to %s",
            file.getParent(),
            stale.toSeconds(),
            other));
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    renewals.shutdown();
    synchronized (this) {
      boolean isOwn =
          read(files, file).map(LeaseHolder::owner).map(own.owner()::equals).orElse(false);
      if (isOwn) {
        files.delete(file, false);
      }
    }
  }
}
