package org.sparksbp.sweep.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** The summaries of the trials of a sweep, held by the driver. */
public final class ResultsIndex {

  private final Map<String, TrialSummary> summaries = new HashMap<>();
  private int files;

  /**
   * Takes up what a folder already has of the trials that are wanted.
   *
   * @return files that were set aside because what stood for a record was none
   */
  public List<Path> load(ResultsFolder results, Predicate<String> wanted) throws IOException {
    List<Path> setAside = new ArrayList<>();
    List<Path> single = results.recordFiles();
    files = single.size();
    for (Path file : single) {
      if (wanted.test(ResultsFolder.trialOf(file))) {
        results.record(file, setAside::add).map(TrialRecord::summary).ifPresent(this::put);
      }
    }
    CompactedRecords compacted = new CompactedRecords(results);
    for (Path part : compacted.files()) {
      compacted.summaries(
          part,
          (id, text) -> {
            if (wanted.test(id)) {
              put(TrialSummary.of(text));
            }
          });
    }
    return setAside;
  }

  /** Files of single records that there were, wanted or not. */
  public int files() {
    return files;
  }

  /** Takes a summary up, unless more is known already. */
  public synchronized void put(TrialSummary summary) {
    summaries.merge(summary.id(), summary, (old, other) -> other.tellsMoreThan(old) ? other : old);
  }

  /** Drops what is known of trials. */
  public synchronized void forget(Set<String> ids) {
    summaries.keySet().removeAll(ids);
  }

  /** The trials that have failed. */
  public synchronized Set<String> failed() {
    return summaries.values().stream()
        .filter(summary -> summary.status() == TrialStatus.FAILED)
        .map(TrialSummary::id)
        .collect(Collectors.toSet());
  }

  public synchronized Optional<TrialSummary> get(String id) {
    return Optional.ofNullable(summaries.get(id));
  }

  /** Whether nothing is left to be done for a trial to have that many epochs. */
  public synchronized boolean reaches(String id, int epochs) {
    TrialSummary summary = summaries.get(id);
    return summary != null && summary.reaches(epochs);
  }
}
