package org.sparksbp.sweep.results;

import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The single files of a trial, as they were when they were looked for.
 *
 * @param id of the trial
 * @param all its files
 */
public record TrialFiles(String id, List<Path> all) {

  private static final String EPOCH = ".epoch-";

  /** Those of a trial among the files of a folder. */
  static TrialFiles of(String id, List<FileStatus> folder) {
    return new TrialFiles(
        id,
        folder.stream()
            .map(FileStatus::getPath)
            .filter(file -> file.getName().startsWith(id + "."))
            .toList());
  }

  boolean has(String name) {
    return all.stream().anyMatch(file -> file.getName().equals(name));
  }

  /** Records and states of a trial that waits at a rung. */
  List<Path> waiting() {
    return all.stream().filter(TrialFiles::isOfWaiting).toList();
  }

  /** Those of fewer epochs. */
  List<Path> waitingBefore(int epochs) {
    int at = id.length() + EPOCH.length();
    return waiting().stream()
        .filter(file -> Integer.parseInt(file.getName().substring(at, at + 5)) < epochs)
        .toList();
  }

  /** Whether a file is of a trial that waits. */
  static boolean isOfWaiting(Path file) {
    return file.getName().contains(EPOCH);
  }
}
