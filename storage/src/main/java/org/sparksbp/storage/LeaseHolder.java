package org.sparksbp.storage;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * Who holds a lease, as its file says.
 *
 * @param owner drawn anew for each lease
 * @param host name of the process's machine
 * @param pid of the process
 * @param pids what its number is one of: containers that share a host's name count on their own
 * @param purpose what it does, in words
 * @param since when it took the lease
 * @param renewed when it last said that it still does
 */
record LeaseHolder(
    String owner,
    String host,
    long pid,
    String pids,
    String purpose,
    Instant since,
    Instant renewed) {

  /** This process, from now on. */
  static LeaseHolder here(String purpose) {
    Instant now = Instant.now();
    String owner = UUID.randomUUID().toString();
    long pid = ProcessHandle.current().pid();
    return new LeaseHolder(owner, hostName(), pid, processNumbers(), purpose, now, now);
  }

  /** The namespace of process numbers that this process lives in; empty where there are none. */
  private static String processNumbers() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  LeaseHolder renewedNow() {
    return new LeaseHolder(owner, host, pid, pids, purpose, since, Instant.now());
  }

  /** Whether it can no longer be writing. */
  boolean isGone(Duration stale) {
    return renewed.plus(stale).isBefore(Instant.now())
        || (host.equals(hostName())
            && pids.equals(processNumbers())
            && ProcessHandle.of(pid).filter(this::canBe).isEmpty());
  }

  /** A process that began after the last sign of the holder only has its number. */
  private boolean canBe(ProcessHandle process) {
    Instant latest = renewed.plusSeconds(1); // of clocks that count differently
    return process.info().startInstant().map(start -> start.isBefore(latest)).orElse(true);
  }

  /** The content of the lease's file. */
  String text() {
    return String.format(
        Locale.ROOT,
        "owner=%s%nhost=%s%npid=%d%npids=%s%npurpose=%s%nsince=%s%nrenewed=%s%n",
        owner,
        host,
        pid,
        pids,
        purpose.replaceAll("[\\\\\\s]+", " "),
        since,
        renewed);
  }

  /** Reads the content of a file; empty if it is none, or not yet whole. */
  static Optional<LeaseHolder> of(String text) {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(text));
      return Optional.of(
          new LeaseHolder(
              lines.getProperty("owner", ""),
              lines.getProperty("host", ""),
              Long.parseLong(lines.getProperty("pid", "")),
              lines.getProperty("pids", ""),
              lines.getProperty("purpose", ""),
              Instant.parse(lines.getProperty("since", "")),
              Instant.parse(lines.getProperty("renewed", ""))));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
