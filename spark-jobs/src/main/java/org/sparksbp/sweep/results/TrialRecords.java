package org.sparksbp.sweep.results;

import java.util.SortedSet;

/** The records of a sweep's trials in the order of the plan. */
public interface TrialRecords extends Iterable<TrialRecords.Row> {

  /** A record with its number in the plan. */
  record Row(int number, TrialRecord record) {}

  /** Names of all measures, {@code train.error} and so on, in alphabetical order. */
  SortedSet<String> measures();
}
