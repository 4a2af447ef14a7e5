package org.sparksbp.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Where the lease of a folder is kept, of which one process has it at a time. */
interface LeaseStore {

  /**
   * Takes the lease.
   *
   * @throws FolderInUseException naming the process that holds it
   */
  void take(LeaseHolder own) throws IOException;

  /**
   * Says that the holder still is.
   *
   * @param unheard since it last said so
   * @return empty, or who has the lease now
   */
  Optional<String> renew(LeaseHolder own, Duration unheard) throws IOException;

  /** Gives the lease back, if the holder still has it. */
  void release(LeaseHolder own) throws IOException;

  static FolderInUseException inUse(Path file, LeaseHolder other, Duration stale) {
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

  static FolderInUseException crowded(Path file) {
    return new FolderInUseException(
        "Cannot write to " + file.getParent() + ": other processes are starting to; try again");
  }
}
