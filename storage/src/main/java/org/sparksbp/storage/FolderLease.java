package org.sparksbp.storage;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a folder, which one process has at a time: it says in a file who it is and
 * renews that. What a process leaves behind that was killed is passed over, at once on its own
 * machine, else when it has not been renewed for a while.
 */
public final class FolderLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderLease.class);

  /** Renewals in the time after which a lease is stale. */
  private static final int RENEWALS = 4;

  private final LeaseStore store;
  private final Path file;
  private final Duration stale;
  private final Consumer<String> lost;
  private final ScheduledExecutorService renewals;
  private LeaseHolder own;
  private Instant said = Instant.now(); // when the lease last was this one's

  private FolderLease(
      LeaseStore store, Path file, Duration stale, LeaseHolder own, Consumer<String> lost) {
    this.store = store;
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
   * @param file of the lease, on object stores a folder; what it lies in is there
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
    LeaseStore store =
        RawFileSystem.isObjectStore(files, place)
            ? new LeaseAnnouncements(files, place, stale)
            : new LeaseFile(files, place, stale);
    LeaseHolder own = LeaseHolder.here(purpose);
    store.take(own);
    FolderLease lease = new FolderLease(store, place, stale, own, lost);
    long each = Math.max(1, stale.toMillis() / RENEWALS);
    var unused =
        lease.renewals.scheduleWithFixedDelay(lease::renew, each, each, TimeUnit.MILLISECONDS);
    return lease;
  }

  private synchronized void renew() {
    if (renewals.isShutdown()) {
      return;
    }
    Instant now = Instant.now();
    try {
      LeaseHolder renewed = own.renewedNow();
      Optional<String> other = store.renew(renewed, Duration.between(said, now));
      if (other.isPresent()) {
        lose(other.get());
        return;
      }
      own = renewed;
      said = now;
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
      store.release(own);
    }
  }
}
