package org.sparksbp.sweep.results;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Puts single records together as they become many. It counts them, and looks for them, which is a
 * listing of all their folders, only when there may be enough.
 */
public final class Compaction {

  private final CompactedRecords records;
  private final int from;
  private int most;

  /**
   * Begins to count.
   *
   * @param from number of single records from which on they are put together
   * @param found single records that there are
   */
  public Compaction(ResultsFolder results, int from, int found) {
    this.records = new CompactedRecords(results);
    this.from = from;
    this.most = found;
  }

  /** Counts a record that was written, or that no trial goes on from any more. */
  public synchronized void added() {
    most++;
  }

  /** Puts together what there is, if it may be enough. */
  public synchronized void run() {
    if (most < from) {
      return;
    }
    try {
      most = records.compact(from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
