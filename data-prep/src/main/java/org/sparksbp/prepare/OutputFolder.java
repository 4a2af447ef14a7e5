package org.sparksbp.prepare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.shard.ShardEntry;
import org.sparksbp.storage.AtomicFolder;
import org.sparksbp.storage.CrashRecovery;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.RawFileSystem;
import org.sparksbp.task.Split;

/**
 * The folder that a data set is built in. All is written below a hidden folder, moved to its place
 * in one step, and the manifest comes after that.
 */
final class OutputFolder {

  private static final String DATA = "data";
  private static final String STAGING = "_staging";
  private static final Pattern OURS = Pattern.compile("data|_staging");
  private static final Pattern SHARD =
      Pattern.compile("\\.?(train|test)-\\d{5,}\\.parquet(\\.crc)?");

  private final Configuration hadoop;
  private final FileSystem files;
  private final Path folder;
  private final Path staging;
  private boolean isCreated;

  OutputFolder(Configuration hadoop, Path folder) throws IOException {
    this.hadoop = hadoop;
    this.files = RawFileSystem.of(hadoop, folder);
    this.folder = files.makeQualified(folder);
    this.staging = new Path(this.folder, STAGING);
  }

  Path folder() {
    return folder;
  }

  /** Where attempts write. */
  Path attempts() {
    return new Path(staging, "attempts");
  }

  /**
   * Makes room: deletes what a preparation that did not finish has left.
   *
   * @throws InvalidInputException if there is anything else in the folder
   */
  void clear() throws IOException {
    if (!files.exists(folder)) {
      files.mkdirs(folder);
      isCreated = true;
      return;
    }
    CrashRecovery.clean(hadoop, folder, Duration.ZERO);
    for (FileStatus entry : files.listStatus(folder)) {
      checkOurs(entry, OURS);
    }
    Path data = new Path(folder, DATA);
    if (files.exists(data)) {
      for (FileStatus entry : files.listStatus(data)) {
        checkOurs(entry, SHARD);
      }
      files.delete(data, true);
    }
    deleteStaging();
  }

  void deleteStaging() throws IOException {
    files.delete(staging, true);
  }

  /** Deletes all that was made of a data set that has failed, and the folder if that is new. */
  void discard() throws IOException {
    deleteStaging();
    files.delete(new Path(folder, DATA), true);
    if (isCreated && files.exists(folder) && files.listStatus(folder).length == 0) {
      files.delete(folder, false);
    }
  }

  /**
   * Takes over the shards that attempts have written.
   *
   * @param results in the order of the slices
   * @return the shards at their places, in the order of split, then position
   */
  List<ShardEntry> publish(List<SliceResult> results) throws IOException {
    Map<Split, Integer> numbers = new EnumMap<>(Split.class);
    List<ShardEntry> entries = new ArrayList<>();
    try (AtomicFolder data = new AtomicFolder(hadoop, new Path(folder, DATA))) {
      for (SliceResult result : results) {
        for (ShardEntry shard : result.shards()) {
          int number = numbers.merge(shard.split(), 1, Integer::sum) - 1;
          String name =
              String.format(Locale.ROOT, "%s-%05d.parquet", shard.split().lowerCaseName(), number);
          data.take(new Path(shard.file()), name);
          entries.add(
              new ShardEntry(
                  DATA + "/" + name, shard.split(), shard.rows(), shard.bytes(), shard.sha256()));
        }
      }
      data.commit();
    }
    entries.sort((a, b) -> a.split().compareTo(b.split()));
    return entries;
  }

  private void checkOurs(FileStatus entry, Pattern names) throws InvalidInputException {
    if (!names.matcher(entry.getPath().getName()).matches()) {
      throw new InvalidInputException(
          "Cannot prepare into "
              + folder
              + ": it holds "
              + entry.getPath().getName()
              + ", which is no part of a data set; choose an empty or new folder");
    }
  }
}
