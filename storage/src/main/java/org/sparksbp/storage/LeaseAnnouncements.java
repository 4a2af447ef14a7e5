package org.sparksbp.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease on an object store, where no file can be created by one process alone. Each that wants
 * the lease puts a file of its own below the lease's name, and has it once a listing that it asked
 * for after that shows no other. Of two that do so, the one whose file came second sees the first,
 * so they never both have it, as long as listings show what was put before, as those of S3 do. One
 * that sees a holder, or one that also wants it and has a smaller name, withdraws; the smallest
 * waits for the others to withdraw.
 *
 * <p>A file that is older than the time for which holders may be silent, by the store's own clock,
 * is passed over.
 */
final class LeaseAnnouncements implements LeaseStore {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseAnnouncements.class);
  private static final int TRIES = 60;
  private static final int WAIT_MILLISECONDS = 200;
  private static final String HOLDS = "state=holds";
  private static final String WANTS = "state=wants";

  private final FileSystem files;
  private final Path folder;
  private final Duration stale;

  /** What another process has put. */
  private record Other(FileStatus file, LeaseHolder process, boolean holds) {}

  /** A lease kept below this name. */
  LeaseAnnouncements(FileSystem files, Path folder, Duration stale) {
    this.files = files;
    this.folder = folder;
    this.stale = stale;
  }

  @Override
  public void take(LeaseHolder own) throws IOException {
    boolean isTaken = false;
    try {
      put(own, WANTS);
      for (int attempt = 0; !isAlone(own); attempt++) {
        if (attempt == TRIES) {
          throw LeaseStore.crowded(folder);
        }
        TimeUnit.MILLISECONDS.sleep(WAIT_MILLISECONDS);
      }
      put(own, HOLDS);
      isTaken = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot write to " + folder.getParent() + ": interrupted", e);
    } finally {
      if (!isTaken) {
        withdraw(own);
      }
    }
  }

  /**
   * Whether no other wants it; those that are there must withdraw.
   *
   * @throws FolderInUseException if this process must
   */
  private boolean isAlone(LeaseHolder own) throws IOException {
    List<FileStatus> all = list();
    FileStatus mine = of(own, all).orElseThrow(() -> LeaseStore.crowded(folder));
    boolean isAlone = true;
    for (Other other : living(mine, all)) {
      if (other.holds() || other.process().owner().compareTo(own.owner()) < 0) {
        throw LeaseStore.inUse(folder, other.process(), stale);
      }
      isAlone = false;
    }
    return isAlone;
  }

  /** All but one's own and those that are gone, which are deleted. */
  private List<Other> living(FileStatus mine, List<FileStatus> all) throws IOException {
    List<Other> living = new ArrayList<>();
    for (FileStatus file : all) {
      Optional<Other> other = file.equals(mine) ? Optional.empty() : read(file);
      if (other.isEmpty()) {
        continue;
      }
      long silent = mine.getModificationTime() - file.getModificationTime();
      if (silent > stale.toMillis() || other.get().process().isDead()) {
        LOG.info("Passing over a lease of {}", other.get().process());
        files.delete(file.getPath(), false);
      } else {
        living.add(other.get());
      }
    }
    return living;
  }

  /**
   * Says that the holder still is. Whoever was silent for a while looks twice, as another may take
   * over what it renews, and gives way to any other.
   */
  @Override
  public Optional<String> renew(LeaseHolder own, Duration unheard) throws IOException {
    boolean isLate = unheard.compareTo(stale.dividedBy(2)) > 0;
    Optional<String> lost = lost(own, isLate);
    if (lost.isPresent()) {
      return lost;
    }
    put(own, HOLDS);
    lost = isLate ? lost(own, true) : Optional.empty();
    if (lost.isPresent()) {
      withdraw(own);
    }
    return lost;
  }

  /** Who has the lease now, if another has, or, for one that is late, wants it. */
  private Optional<String> lost(LeaseHolder own, boolean isLate) throws IOException {
    List<FileStatus> all = list();
    boolean isThere = of(own, all).isPresent();
    for (FileStatus file : all) {
      boolean isOwn = file.getPath().getName().equals(own.owner());
      Optional<Other> other = isOwn ? Optional.empty() : read(file);
      if (other.isPresent() && (isLate || !isThere || other.get().holds())) {
        return Optional.of(other.get().process().toString());
      }
    }
    return isThere ? Optional.empty() : Optional.of("nobody");
  }

  /** Gives the lease back. */
  @Override
  public void release(LeaseHolder own) throws IOException {
    withdraw(own);
  }

  private void withdraw(LeaseHolder own) throws IOException {
    files.delete(new Path(folder, own.owner()), false);
    try {
      files.delete(folder, false);
    } catch (IOException e) {
      LOG.debug("{} stays: others want it", folder, e);
    }
  }

  private static Optional<FileStatus> of(LeaseHolder own, List<FileStatus> all) {
    return all.stream().filter(file -> file.getPath().getName().equals(own.owner())).findFirst();
  }

  /** What all have put. */
  private List<FileStatus> list() throws IOException {
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Empty if it is not there any more. */
  private Optional<Other> read(FileStatus file) throws IOException {
    try (InputStream in = files.open(file.getPath())) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return LeaseHolder.of(text).map(found -> new Other(file, found, text.contains(HOLDS)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private void put(LeaseHolder own, String state) throws IOException {
    try (OutputStream out = files.create(new Path(folder, own.owner()), true)) {
      out.write((own.text() + state + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
