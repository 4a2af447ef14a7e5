package org.sparksbp.synthetic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.task.InputSlice;

/** The file that tells made-up data from real. */
public final class SyntheticMarker {

  /** Its name. */
  public static final String FILE = "SYNTHETIC";

  private SyntheticMarker() {}

  /** Whether a directory, or the directory of a file, holds made-up data. */
  public static boolean isSynthetic(Configuration hadoop, Path path) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    return fileSystem.exists(new Path(path, FILE))
        || (path.getParent() != null
            && fileSystem.exists(path)
            && fileSystem.getFileStatus(path).isFile()
            && fileSystem.exists(new Path(path.getParent(), FILE)));
  }

  /** Whether any file of the slices lies in a directory of made-up data. */
  public static boolean isSynthetic(Configuration hadoop, List<InputSlice> slices)
      throws IOException {
    List<Path> directories =
        slices.stream()
            .flatMap(slice -> slice.files().stream())
            .map(file -> new Path(file).getParent())
            .distinct()
            .toList();
    for (Path directory : directories) {
      if (isSynthetic(hadoop, directory)) {
        return true;
      }
    }
    return false;
  }

  static void write(Configuration hadoop, Path directory, String task, long seed)
      throws IOException {
    Path marker = new Path(directory, FILE);
    String text =
        "Synthetic " + task + " data made by 'sbp generate', seed " + seed + ". Not real data.\n";
    AtomicFile.write(hadoop, marker, text.getBytes(StandardCharsets.UTF_8));
  }
}
