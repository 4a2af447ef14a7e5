package org.sparksbp.sweep.results;

/** Reads trial records for tests of other packages. */
public final class TrialInput {

  private TrialInput() {}

  /** Reads a record's line, and what is made of it. */
  public static void read(String text) {
    TrialRecord.of(text).summary();
  }

  /** The record of a line. */
  public static Object record(String text) {
    return TrialRecord.of(text);
  }

  /** The line of the same record as it is written. */
  public static String sealed(String text) {
    return TrialRecord.of(text).toJson();
  }
}
