package org.sparksbp.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.fetch.RemoteFile.Unpack;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.synthetic.SyntheticMarker;

/**
 * Downloads a public data set into a directory.
 *
 * <p>A file is written as {@code NAME.part} and renamed once its checksum is right; what an
 * interrupted run has fetched is not fetched again. For a directory that is not local, the parts
 * lie in the local directory for temporary files.
 */
public final class DataFetch {

  private static final int ATTEMPTS_A_MIRROR = 3;

  private final Configuration hadoop;
  private final List<RemoteFile> files;
  private final String byHand;
  private final FetchProgress progress;

  /**
   * A fetch of given files.
   *
   * @param byHand what to tell a user when no mirror delivers
   */
  public DataFetch(
      Configuration hadoop, List<RemoteFile> files, String byHand, FetchProgress progress) {
    this.hadoop = hadoop;
    this.files = List.copyOf(files);
    this.byHand = byHand;
    this.progress = progress;
  }

  /**
   * A fetch of a public data set.
   *
   * @param dataSet {@code mnist}, {@code nettalk} or {@code dvsgesture}
   * @throws IllegalArgumentException if there is no such data set
   */
  public static DataFetch of(Configuration hadoop, String dataSet, FetchProgress progress) {
    return new DataFetch(hadoop, Catalogue.files(dataSet), Catalogue.byHand(dataSet), progress);
  }

  /** How to get a data set, or its raw form, without this class. */
  public static String byHand(String dataSet) {
    return Catalogue.byHand(dataSet);
  }

  /**
   * Fetches what is not there yet.
   *
   * @return the files, in the order of the data set's list
   * @throws InvalidInputException if no mirror has the right file; the message says what failed and
   *     how to get the data by hand
   */
  public List<Path> to(Path directory) throws IOException {
    FileSystem target = directory.getFileSystem(hadoop);
    if (!target.exists(directory) && !target.mkdirs(directory)) {
      throw new IOException("Cannot create directory " + directory);
    }
    if (SyntheticMarker.isSynthetic(hadoop, directory)) {
      throw new InvalidInputException(
          "Cannot fetch into " + directory + ": it holds synthetic data; give another directory");
    }
    List<Path> fetched = new ArrayList<>();
    for (RemoteFile file : files) {
      Path path = new Path(directory, file.name());
      if (target.exists(path) && checksum(path, file.algorithm()).equals(file.checksum())) {
        progress.note(file.name() + ": is there already");
      } else {
        fetch(file, target, path);
      }
      if (file.unpack() == Unpack.TAR_GZ) {
        progress.note(file.name() + ": unpacking");
        unpack(path, directory);
      }
      fetched.add(path);
    }
    return fetched;
  }

  private void fetch(RemoteFile file, FileSystem target, Path path) throws IOException {
    boolean isLocal = "file".equals(target.getUri().getScheme());
    java.nio.file.Path part = isLocal ? localPart(path) : temporaryPart(file);
    List<String> failures = new ArrayList<>();
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
    throw new InvalidInputException(
        "Cannot fetch " + file.name() + ": " + String.join("; ", failures) + ". " + byHand);
  }

  private void upload(java.nio.file.Path part, Path path) throws IOException {
    AtomicFile.write(hadoop, path, out -> Files.copy(part, out));
    Files.delete(part);
  }

  private boolean fetched(
      RemoteFile file, URI mirror, java.nio.file.Path part, List<String> failures)
      throws IOException {
    Download download = new Download(progress);
    for (int attempt = 1; attempt <= ATTEMPTS_A_MIRROR; attempt++) {
      try {
        download.fetch(mirror, file.name(), part);
      } catch (IOException e) {
        String failure = e.getMessage() == null ? e.toString() : e.getMessage();
        progress.note(file.name() + ": " + failure);
        if (attempt == ATTEMPTS_A_MIRROR) {
          failures.add(mirror + ": " + failure);
        }
        continue;
      }
      String found = localChecksum(part, file.algorithm());
      if (found.equals(file.checksum())) {
        return true;
      }
      // A wrong file cannot be mended by fetching more of it.
      Files.delete(part);
      failures.add(
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

  private static java.nio.file.Path temporaryPart(RemoteFile file) throws IOException {
    java.nio.file.Path folder =
        java.nio.file.Path.of(
            System.getProperty("java.io.tmpdir"), "sbp-fetch-" + System.getProperty("user.name"));
    Files.createDirectories(folder);
    return folder.resolve(file.checksum() + ".part");
  }

  private String checksum(Path path, String algorithm) throws IOException {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return digest(in, algorithm);
    }
  }

  private static String localChecksum(java.nio.file.Path path, String algorithm)
      throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return digest(in, algorithm);
    }
  }

  private static String digest(InputStream in, String algorithm) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT));
      try (DigestInputStream digesting =
          new DigestInputStream(new BufferedInputStream(in, 1 << 16), digest)) {
        digesting.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot check files: this Java has no " + algorithm, e);
    }
  }

  private void unpack(Path archive, Path directory) throws IOException {
    FileSystem target = directory.getFileSystem(hadoop);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(RawFile.open(hadoop, archive))) {
      for (TarArchiveEntry entry = tar.getNextTarEntry();
          entry != null;
          entry = tar.getNextTarEntry()) {
        if (entry.isFile()) {
          try (OutputStream out = target.create(inside(directory, archive, entry), true)) {
            tar.transferTo(out);
          }
        }
      }
    }
  }

  /** Where an entry goes; an archive may not write outside its directory. */
  private static Path inside(Path directory, Path archive, TarArchiveEntry entry)
      throws InvalidInputException {
    java.nio.file.Path name = java.nio.file.Path.of(entry.getName()).normalize();
    if (name.isAbsolute() || name.startsWith("..")) {
      throw new InvalidInputException(
          "Invalid archive " + archive + ": entry " + entry.getName() + " leaves the directory");
    }
    return new Path(directory, name.toString());
  }
}
