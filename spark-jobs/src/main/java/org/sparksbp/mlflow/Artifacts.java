package org.sparksbp.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.sparksbp.http.RequestFailedException;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.FolderListing;

/** Copies the files that a run has left to where the server keeps those of its runs. */
final class Artifacts {

  /** What a run leaves; checkpoints, which go when it has ended, are not copied. */
  private static final List<String> KEPT = List.of("run.json", "metrics.jsonl", "model", "best");

  private static final String PROXIED = "mlflow-artifacts";

  private final Configuration hadoop;
  private final Path folder;
  private final Set<Path> copied = new HashSet<>();

  /** Those of a run's folder. */
  Artifacts(Configuration hadoop, Path folder) {
    this.hadoop = hadoop;
    this.folder = folder;
  }

  /**
   * Copies what is there and was not yet copied.
   *
   * @param target as the server says
   * @throws RequestFailedException if the server does not take them
   * @throws IOException if they cannot be written there from here, or be read
   */
  void copy(TrackingServer server, String target) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    Path qualified = files.makeQualified(folder);
    for (String name : KEPT) {
      for (FileStatus file : FolderListing.files(hadoop, new Path(qualified, name))) {
        Path path = file.getPath();
        if (!copied.contains(path)) {
          String relative = qualified.toUri().relativize(path.toUri()).getPath();
          copy(server, target, relative, files, file);
          copied.add(path);
        }
      }
    }
  }

  private void copy(
      TrackingServer server, String target, String relative, FileSystem files, FileStatus file)
      throws IOException {
    URI uri = URI.create(target.replace(" ", "%20"));
    if (PROXIED.equals(uri.getScheme())) {
      if (uri.getRawAuthority() != null && !server.isAt(uri.getRawAuthority())) {
        throw new IOException("they belong on another server, " + uri.getRawAuthority());
      }
      server.put(uri.getPath() + "/" + relative, content(files, file));
    } else {
      Path to = new Path(hadoopPath(server, uri, target), relative);
      AtomicFile.write(
          hadoop,
          to,
          out -> {
            try (var in = files.open(file.getPath())) {
              IOUtils.copyBytes(in, out, hadoop, false);
            }
          });
    }
  }

  private static BodyPublisher content(FileSystem files, FileStatus file) {
    if (file.getLen() == 0) {
      return BodyPublishers.noBody();
    }
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(
            () -> {
              try {
                return files.open(file.getPath());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }),
        file.getLen());
  }

  private static Path hadoopPath(TrackingServer server, URI uri, String target) throws IOException {
    boolean local = uri.getScheme() == null || uri.getScheme().equals("file");
    if (local && !server.isHere()) {
      throw new IOException("they belong on the server's own disk, in " + target);
    }
    if (uri.getScheme() == null) {
      return new Path("file:" + uri.getPath());
    }
    return new Path(target.replaceFirst("^s3:", "s3a:"));
  }
}
