package org.sparksbp.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.RawFileSystem;
import org.sparksbp.synthetic.SyntheticData;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.RemoteFile;
import org.sparksbp.task.RemoteFile.Unpack;

/**
 * Downloads a public data set into a directory.
 *
 * <p>A file is written as {@code NAME.part} and renamed once its checksum is right; what an
 * interrupted run has fetched is not fetched again. For a directory that is not local, the parts
 * lie in the local directory for temporary files.
 */
public final class DataFetch {

  private static final int ATTEMPTS_A_MIRROR = 3;

  /** Why no mirror has delivered. */
  private static final class Failures {
    private final List<String> reasons = new ArrayList<>();

    /** Whether some mirror was not reached, or could not answer: it may later. */
    private boolean mayPass;
  }

  private final Configuration hadoop;
  private final PublicSource source;
  private final FetchProgress progress;

  /**
   * A fetch of a data set.
   *
   * @param source of its files; what it says of doing so by hand a user is told if no mirror
   *     delivers
   */
  public DataFetch(Configuration hadoop, PublicSource source, FetchProgress progress) {
    this.hadoop = hadoop;
    this.source = source;
    this.progress = progress;
  }

  /**
   * Fetches what is not there yet.
   *
   * @return the files, in the order of the data set's list
   * @throws InvalidInputException if no mirror has the right file; the message says what failed and
   *     how to get the data by hand
   * @throws IOException with the same message if a mirror was not reached, which may pass
   */
  public List<Path> to(Path directory) throws IOException {
    FileSystem target = RawFileSystem.of(hadoop, directory);
    if (!target.exists(directory) && !target.mkdirs(directory)) {
      throw new IOException("Cannot create directory " + directory);
    }
    if (SyntheticData.isSynthetic(hadoop, directory)) {
      throw new InvalidInputException(
          "Cannot fetch into " + directory + ": it holds synthetic data; give another directory");
    }
    List<Path> fetched = new ArrayList<>();
    for (RemoteFile file : source.files()) {
      Path path = new Path(directory, file.name());
      // Says that all of the archive is unpacked; its name is none of a raw file.
      Path unpacked = new Path(directory, "." + file.name() + ".unpacked");
      if (target.exists(path) && checksum(path, file.algorithm()).equals(file.checksum())) {
        progress.note(file.name() + ": is there already");
      } else {
        target.delete(unpacked, false);
        fetch(file, target, path);
      }
      if (file.unpack() != Unpack.NO && !target.exists(unpacked)) {
        progress.note(file.name() + ": unpacking");
        unpack(path, file.unpack(), directory);
        AtomicFile.write(hadoop, unpacked, new byte[0]);
      }
      fetched.add(path);
    }
    return fetched;
  }

  private void fetch(RemoteFile file, FileSystem target, Path path) throws IOException {
    boolean isLocal = "file".equals(target.getUri().getScheme());
    java.nio.file.Path part = isLocal ? localPart(path) : temporaryPart(file, path);
    Failures failures = new Failures();
    for (URI mirror : file.mirrors()) {
      if (fetched(file, mirror, part, failures)) {
        if (isLocal) {
          AtomicFile.put(hadoop, new Path(part.toUri()), path);
        } else {
          upload(part, path);
        }
        return;
      }
    }
    String message =
        "Cannot fetch "
            + file.name()
            + ": "
            + String.join("; ", failures.reasons)
            + ". "
            + source.byHand();
    throw failures.mayPass ? new IOException(message) : new InvalidInputException(message);
  }

  private void upload(java.nio.file.Path part, Path path) throws IOException {
    AtomicFile.write(hadoop, path, out -> Files.copy(part, out));
    Files.delete(part);
  }

  private boolean fetched(RemoteFile file, URI mirror, java.nio.file.Path part, Failures failures)
      throws IOException {
    Download download = new Download(progress);
    for (int attempt = 1; attempt <= ATTEMPTS_A_MIRROR; attempt++) {
      try {
        download.fetch(mirror, file.name(), part);
      } catch (IOException e) {
        String failure = e.getMessage() == null ? e.toString() : e.getMessage();
        progress.note(file.name() + ": " + failure);
        if (attempt == ATTEMPTS_A_MIRROR) {
          failures.reasons.add(mirror + ": " + failure);
          failures.mayPass |= !(e instanceof Download.RefusedException);
        }
        continue;
      }
      String found = localChecksum(part, file.algorithm());
      if (found.equals(file.checksum())) {
        return true;
      }
      // A wrong file cannot be mended by fetching more of it.
      Files.delete(part);
      failures.reasons.add(
          mirror
              + ": wrong "
              + file.algorithm()
              + " checksum "
              + found
              + ", must be "
              + file.checksum());
      return false;
    }
    return false;
  }

  private static java.nio.file.Path localPart(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath() + ".part").toAbsolutePath();
  }

  /** Of one place alone, as fetches to several may run at once. */
  private static java.nio.file.Path temporaryPart(RemoteFile file, Path path) throws IOException {
    java.nio.file.Path folder =
        java.nio.file.Path.of(
            System.getProperty("java.io.tmpdir"), "sbp-fetch-" + System.getProperty("user.name"));
    Files.createDirectories(folder);
    return folder.resolve(file.checksum() + "-" + Checksum.sha256(path.toString()) + ".part");
  }

  private String checksum(Path path, Checksum.Algorithm algorithm) throws IOException {
    try (InputStream in = RawFileSystem.of(hadoop, path).open(path)) {
      return Checksum.using(algorithm).addAll(in).hex();
    }
  }

  private static String localChecksum(java.nio.file.Path path, Checksum.Algorithm algorithm)
      throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Checksum.using(algorithm).addAll(in).hex();
    }
  }

  private void unpack(Path archive, Unpack form, Path directory) throws IOException {
    FileSystem target = RawFileSystem.of(hadoop, directory);
    try (ArchiveInputStream in = opened(archive, form)) {
      for (ArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        // Of a tar archive also links and devices are no files.
        boolean isFile = entry instanceof TarArchiveEntry tar ? tar.isFile() : !entry.isDirectory();
        if (isFile) {
          try (OutputStream out = target.create(inside(directory, archive, entry), true)) {
            in.transferTo(out);
          }
        }
      }
    }
  }

  private ArchiveInputStream opened(Path archive, Unpack form) throws IOException {
    InputStream content = RawFile.open(hadoop, archive);
    return form == Unpack.ZIP
        ? new ZipArchiveInputStream(content)
        : new TarArchiveInputStream(content);
  }

  /** Where an entry goes; an archive may not write outside its directory. */
  private static Path inside(Path directory, Path archive, ArchiveEntry entry)
      throws InvalidInputException {
    java.nio.file.Path name = java.nio.file.Path.of(entry.getName()).normalize();
    if (name.isAbsolute() || name.startsWith("..")) {
      throw new InvalidInputException(
          "Invalid archive " + archive + ": entry " + entry.getName() + " leaves the directory");
    }
    return new Path(directory, name.toString());
  }
}
