package org.sparksbp.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.storage.InvalidInputException;

/** Reads the portraits that sweeps have left in a results folder. */
final class SnapshotFiles {

  private final Configuration hadoop;
  private final Path folder;

  SnapshotFiles(Configuration hadoop, Path results) {
    this.hadoop = hadoop;
    this.folder = new Path(results, "portraits");
  }

  /**
   * The portraits of a point, by arm; an arm without one is left out.
   *
   * @throws InvalidInputException if a file is damaged
   */
  Map<String, TrialSnapshots> of(SweepPoint point) throws IOException {
    Map<String, TrialSnapshots> found = new LinkedHashMap<>();
    for (String arm : point.arms()) {
      // The plan's first seed comes first.
      TrialResult trial =
          point.trials().stream().filter(t -> t.arm().equals(arm)).findFirst().orElseThrow();
      TrialSnapshots portrait = read(new Path(folder, trial.id() + ".json"));
      if (portrait != null) {
        found.put(arm, portrait);
      }
    }
    return found;
  }

  private TrialSnapshots read(Path file) throws IOException {
    FileSystem found = file.getFileSystem(hadoop);
    FileSystem files = found instanceof LocalFileSystem local ? local.getRaw() : found;
    try (InputStream in = files.open(file)) {
      return TrialSnapshots.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return null;
    } catch (UncheckedIOException e) {
      throw new InvalidInputException(
          "Cannot read " + file + ": it is no portrait; delete it to report without it", e);
    }
  }
}
