package org.sparksbp.sweep;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** The summaries of the trials of a sweep, held by the driver. */
public final class ResultsIndex {

  private final Map<String, TrialSummary> summaries = new HashMap<>();

  /** Takes up what a folder already has of these trials. */
  void load(ResultsFolder results, Set<String> trials) throws IOException {
    for (Path file : results.recordFiles()) {
      String id = file.getName().substring(0, file.getName().indexOf('.'));
      if (trials.contains(id)) {
        results.read(file).map(text -> TrialRecord.of(text).summary()).ifPresent(this::put);
      }
    }
    Parts parts = new Parts(results);
    for (Path part : parts.files()) {
      parts.summaries(
          part,
          (id, text) -> {
            if (trials.contains(id)) {
              put(TrialSummary.of(text));
            }
          });
    }
  }

  /** Takes a summary up, unless more is known already. */
  synchronized void put(TrialSummary summary) {
    summaries.merge(summary.id(), summary, (old, other) -> other.tellsMoreThan(old) ? other : old);
  }

  public synchronized Optional<TrialSummary> get(String id) {
    return Optional.ofNullable(summaries.get(id));
  }

  synchronized boolean reaches(String id, int epochs) {
    TrialSummary summary = summaries.get(id);
    return summary != null && summary.reaches(epochs);
  }
}
