package org.sparksbp.synthetic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.FolderListing;
import org.sparksbp.storage.RawFileSystem;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.Task;

/** Writes made-up raw files of a task, and tells them from real ones by a file beside them. */
public final class SyntheticData {

  /** Name of the file beside raw files that says that they were made up. */
  public static final String MARKER = "SYNTHETIC";

  private SyntheticData() {}

  /**
   * Writes the raw files and the marker, unless the marker says that they are there; files of the
   * same names are replaced.
   *
   * @param directory on any Hadoop file system
   * @param samples as {@link Task#writeSynthetic} has it
   * @param seed decides every byte
   * @return whether they were written
   * @throws IllegalArgumentException if samples are too few
   */
  public static boolean generate(
      Configuration hadoop, Task task, Path directory, int samples, long seed) throws IOException {
    if (samples < 2) {
      throw new IllegalArgumentException(
          "Invalid samples: " + samples + ", must be at least 2: one to train, one to test");
    }
    String text =
        String.format(
            Locale.ROOT,
            "Synthetic %s data made by 'sbp generate', seed %d. Not real data.\n",
            task.name(),
            seed);
    String whole = text + "Whole, of " + samples + " samples:\n";
    Path marker = new Path(directory, MARKER);
    Optional<byte[]> found = AtomicFile.read(hadoop, marker);
    if (found.isPresent()
        && new String(found.get(), StandardCharsets.UTF_8)
            .equals(whole + files(hadoop, directory))) {
      return false;
    }
    // The marker comes first, so that not even a part of the data can pass as real.
    AtomicFile.write(hadoop, marker, text.getBytes(StandardCharsets.UTF_8));
    task.writeSynthetic(hadoop, directory, samples, seed);
    AtomicFile.write(
        hadoop, marker, (whole + files(hadoop, directory)).getBytes(StandardCharsets.UTF_8));
    return true;
  }

  /** The files of a directory with their lengths, those of bookkeeping left out. */
  private static String files(Configuration hadoop, Path directory) throws IOException {
    StringBuilder lines = new StringBuilder();
    FolderListing.byPath(hadoop, directory)
        .forEach(
            (path, file) -> {
              String name = file.getPath().getName();
              if (!name.equals(MARKER) && !name.startsWith("_") && !name.startsWith(".")) {
                lines.append(path).append(' ').append(file.getLen()).append('\n');
              }
            });
    return lines.toString();
  }

  /** Whether a directory, or the directory of a file, holds made-up data. */
  public static boolean isSynthetic(Configuration hadoop, Path path) throws IOException {
    FileSystem fileSystem = RawFileSystem.of(hadoop, path);
    return fileSystem.exists(new Path(path, MARKER))
        || (path.getParent() != null
            && fileSystem.exists(path)
            && fileSystem.getFileStatus(path).isFile()
            && fileSystem.exists(new Path(path.getParent(), MARKER)));
  }

  /** Whether any file of the slices lies in a directory of made-up data, or in one below. */
  public static boolean isSynthetic(Configuration hadoop, List<InputSlice> slices)
      throws IOException {
    Set<Path> directories = new TreeSet<>();
    for (InputSlice slice : slices) {
      for (String file : slice.files()) {
        // Up to the input, where files lie in folders of it: the marker is beside these.
        Path directory = new Path(file).getParent();
        directories.add(directory);
        while (directory.toString().startsWith(slice.root() + "/") && !slice.root().isEmpty()) {
          directory = directory.getParent();
          directories.add(directory);
        }
      }
    }
    for (Path directory : directories) {
      if (isSynthetic(hadoop, directory)) {
        return true;
      }
    }
    return false;
  }
}
