package org.sparksbp.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.InvalidInputException;

/** Reads the snapshots that sweeps have left in a results folder. */
final class SnapshotFiles {

  private final Configuration hadoop;
  private final Path folder;

  SnapshotFiles(Configuration hadoop, Path results) {
    this.hadoop = hadoop;
    this.folder = new Path(results, "snapshots");
  }

  /**
   * The snapshots of a point, by arm; an arm without any is left out.
   *
   * @throws InvalidInputException if a file is damaged
   */
  Map<String, TrialSnapshots> of(SweepPoint point) throws IOException {
    Map<String, TrialSnapshots> found = new LinkedHashMap<>();
    for (String arm : point.arms()) {
      // The plan's first seed comes first.
      TrialResult trial =
          point.trials().stream().filter(t -> t.arm().equals(arm)).findFirst().orElseThrow();
      TrialSnapshots snapshots = read(new Path(folder, trial.id() + ".json"));
      if (snapshots != null) {
        found.put(arm, snapshots);
      }
    }
    return found;
  }

  private TrialSnapshots read(Path file) throws IOException {
    byte[] text = AtomicFile.read(hadoop, file).orElse(null);
    try {
      return text == null ? null : TrialSnapshots.of(new String(text, StandardCharsets.UTF_8));
    } catch (UncheckedIOException e) {
      throw new InvalidInputException(
          "Cannot read " + file + ": it holds no snapshots; delete it to report without it", e);
    }
  }
}
