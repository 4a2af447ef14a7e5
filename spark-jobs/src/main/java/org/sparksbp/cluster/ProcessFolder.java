package org.sparksbp.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for this process alone, deleted at its end. A lock on a file in it, which the system
 * gives up with the process however that ends, tells others that the process lives; what has none
 * is deleted by the next process of the same user.
 */
final class ProcessFolder {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessFolder.class);

  private static final String LIVING = "run-";

  /** Before its lock is held, so that nobody takes it for left. */
  private static final String BEGUN = "new-";

  private static final String LOCK = "lock";

  /** After which nobody is just beginning any more. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  /** What is written to see whether there is room: more than one block of any file system. */
  private static final int PROBE_BYTES = 1 << 17;

  /** After Spark has deleted what is its own. */
  private static final int HOOK_PRIORITY = 5;

  /** Those of this process by what they lie in; a lock is lost with the first copy that closes. */
  private static final Map<Path, ProcessFolder> OWN = new HashMap<>();

  private final Path path;
  private final FileChannel locked;

  private ProcessFolder(Path path, FileChannel locked) {
    this.path = path;
    this.locked = locked;
  }

  /**
   * The one of this process in a folder, created if there is none, with room for files.
   *
   * @throws IOException if the folder cannot be written to, has no room, or is somebody else's
   */
  static synchronized Path in(Path folder) throws IOException {
    Path all = folder.resolve("spark-sbp-" + user());
    ProcessFolder own = OWN.get(all);
    if (own == null || !Files.isDirectory(own.path)) {
      own = create(ours(all));
      if (OWN.put(all, own) == null) {
        ShutdownHookManager.get().addShutdownHook(() -> leave(all), HOOK_PRIORITY);
      }
      clean(all, own.path);
    }
    return own.path;
  }

  private static String user() {
    return System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /** Folders of temporary files are shared: another could have put a link, or a folder of his. */
  private static Path ours(Path all) throws IOException {
    if (!Files.exists(all, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createDirectory(
            all,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (java.nio.file.FileAlreadyExistsException e) {
        LOG.debug("{} was created meanwhile", all);
      }
    }
    Path probe = Files.createTempFile(all, "probe", ".tmp");
    try {
      Files.write(probe, new byte[PROBE_BYTES]);
      if (!Files.isDirectory(all, LinkOption.NOFOLLOW_LINKS)
          || !Files.getOwner(all).equals(Files.getOwner(probe))) {
        throw new IOException(all + " is a link or somebody else's");
      }
    } finally {
      Files.delete(probe);
    }
    return all;
  }

  private static ProcessFolder create(Path all) throws IOException {
    Path begun = Files.createTempDirectory(all, BEGUN);
    FileChannel locked =
        FileChannel.open(
            begun.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (locked.tryLock() == null) {
      throw new IOException("the lock of " + begun + " is held already");
    }
    String number = begun.getFileName().toString().substring(BEGUN.length());
    Path path = all.resolve(LIVING + ProcessHandle.current().pid() + "-" + number);
    return new ProcessFolder(Files.move(begun, path, StandardCopyOption.ATOMIC_MOVE), locked);
  }

  /** Deletes what no living process has. That it cannot is no reason not to go on. */
  private static void clean(Path all, Path own) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(all)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        boolean isLeft =
            name.startsWith(LIVING)
                ? !entry.equals(own) && !isLocked(entry)
                : Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(Instant.now().minus(ABANDONED));
        if (isLeft) {
          LOG.info("Deleting {}, which a process has left that was killed", entry);
          delete(entry);
        }
      }
    } catch (IOException | UncheckedIOException | java.nio.file.DirectoryIteratorException e) {
      LOG.info("Cannot delete what killed processes have left in {}: {}", all, e.toString());
    }
  }

  private static boolean isLocked(Path folder) throws IOException {
    try (FileChannel file =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = file.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (NoSuchFileException e) {
      return false; // it was being deleted
    }
  }

  private static void leave(Path all) {
    ProcessFolder own = OWN.get(all);
    try {
      delete(own.path);
      own.locked.close();
    } catch (IOException e) {
      LOG.info("Cannot delete {}: {}", own.path, e.toString());
    }
  }

  /** Links are deleted, not followed. */
  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
