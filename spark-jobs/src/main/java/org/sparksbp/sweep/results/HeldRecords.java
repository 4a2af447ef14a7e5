package org.sparksbp.sweep.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;

/**
 * Records that the driver reads and holds by itself, while Spark's cores train: what a sweep's
 * tables are made of while it runs. Files that other sweeps take away meanwhile are left out; their
 * records are there the next time.
 */
public final class HeldRecords implements TrialRecords {

  /** By how much a part's text is longer than the part, about. */
  private static final int COMPRESSION = 8;

  private final SortedMap<Integer, String> texts = new TreeMap<>();

  private HeldRecords() {}

  /**
   * Reads records.
   *
   * @param rows numbers of each trial in the plan
   * @param mostBytes of text that may be held
   * @return empty if it would be more
   */
  public static Optional<TrialRecords> read(
      ResultsFolder results, Map<String, List<Integer>> rows, long mostBytes) throws IOException {
    CompactedRecords compacted = new CompactedRecords(results);
    List<FileStatus> single =
        results.listedRecords().stream()
            .filter(file -> rows.containsKey(ResultsFolder.trialOf(file.getPath())))
            .toList();
    List<FileStatus> parts = compacted.listed();
    if (bytes(single) + COMPRESSION * bytes(parts) > mostBytes) {
      return Optional.empty();
    }
    HeldRecords held = new HeldRecords();
    for (FileStatus file : single) {
      List<Integer> numbers = rows.get(ResultsFolder.trialOf(file.getPath()));
      results.record(file.getPath()).ifPresent(record -> held.put(numbers, record.toJson()));
    }
    for (FileStatus part : parts) {
      try {
        compacted.records(
            part.getPath(), (id, text) -> held.put(rows.getOrDefault(id, List.of()), text));
      } catch (FileNotFoundException e) {
        continue; // put together with others by another sweep
      }
    }
    return Optional.of(held);
  }

  private static long bytes(List<FileStatus> files) {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }

  private void put(List<Integer> numbers, String text) {
    for (int number : numbers) {
      texts.merge(number, text, SortedRecords::better);
    }
  }

  @Override
  public SortedSet<String> measures() {
    SortedSet<String> names = new TreeSet<>();
    texts.values().forEach(text -> names.addAll(TrialRecord.of(text).measures()));
    return names;
  }

  @Override
  public Iterator<Row> iterator() {
    return texts.entrySet().stream()
        .map(entry -> new Row(entry.getKey(), TrialRecord.of(entry.getValue())))
        .iterator();
  }
}
