package org.sparksbp.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.sparksbp.cluster.YarnDriver;
import org.sparksbp.storage.FolderInUseException;
import org.sparksbp.storage.FolderLease;

/** Keeps other processes out of a folder while a command writes to it. */
final class OutputLease implements AutoCloseable {

  /** Time without a sign of its holder after which a lease may be taken over. */
  static final String STALE = "spark.sbp.leaseTimeout";

  private static final String DEFAULT_STALE = "60s";

  /** For clocks that differ; YARN gives a driver 100 s to start Spark. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  private static final Duration NEXT_TRY = Duration.ofSeconds(1);
  private static final String FILE = "_lease"; // hidden from Spark's readers

  private final FileSystem files;
  private final Path folder;
  private final boolean created;
  private final FolderLease lease;

  private OutputLease(FileSystem files, Path folder, boolean created, FolderLease lease) {
    this.files = files;
    this.folder = folder;
    this.created = created;
    this.lease = lease;
  }

  /**
   * Takes the lease of a folder, which is created if it is not there.
   *
   * @throws org.sparksbp.storage.FolderInUseException naming the process that writes to it
   */
  static OutputLease of(Configuration hadoop, Path folder, CommonOptions options)
      throws IOException {
    return take(hadoop, folder, new Path(folder, FILE), options);
  }

  /** Takes the lease of a folder that is replaced as a whole: its file lies beside it. */
  static OutputLease beside(Configuration hadoop, Path folder, CommonOptions options)
      throws IOException {
    Path parent = folder.getParent();
    return take(hadoop, parent, new Path(parent, "_" + folder.getName() + FILE), options);
  }

  private static OutputLease take(
      Configuration hadoop, Path folder, Path file, CommonOptions options) throws IOException {
    SparkConf spark = SparkSessions.configuration(new SparkConf(), "lease", options);
    Duration stale = Duration.ofSeconds(Math.max(1, spark.getTimeAsSeconds(STALE, DEFAULT_STALE)));
    FileSystem files = folder.getFileSystem(hadoop);
    boolean isNew = !files.exists(folder);
    files.mkdirs(folder);
    String purpose = "sbp " + options.command.name();
    return new OutputLease(files, folder, isNew, taken(hadoop, file, purpose, stale, options));
  }

  /**
   * What an attempt of an application on YARN held that was lost is waited for by the next one,
   * which is the same command and starts within seconds, maybe on another machine.
   */
  private static FolderLease taken(
      Configuration hadoop, Path file, String purpose, Duration stale, CommonOptions options)
      throws IOException {
    Instant end = Instant.now().plus(stale).plus(SLACK);
    while (true) {
      try {
        return FolderLease.take(hadoop, file, purpose, stale, lost -> end(lost, options));
      } catch (FolderInUseException e) {
        if (!YarnDriver.isLaterAttempt() || Instant.now().isAfter(end)) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(NEXT_TRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot wait for a folder: interrupted");
    }
  }

  /** At once, so that nothing more is written to what is another's. */
  private static void end(String message, CommonOptions options) {
    options.tell("sbp: " + message);
    Runtime.getRuntime().halt(ExitCode.FOLDER_IN_USE.number());
  }

  /** Gives it back, and takes away a folder that was created for it alone. */
  @Override
  public void close() throws IOException {
    lease.close();
    if (created && files.exists(folder) && files.listStatus(folder).length == 0) {
      files.delete(folder, false);
    }
  }
}
