package org.sparksbp.sweep.results;

import java.io.IOException;

/** Follows a sweep's trials on the driver, to tell others of them. */
public interface TrialListener extends AutoCloseable {

  /** Tells nobody. */
  TrialListener NONE = new TrialListener() {};

  /** A trial has ended or reached a rung; must not take long. */
  default void ended(TrialSummary summary) {}

  /** A record as the tables have it, when they are written. */
  default void row(TrialRecord record) throws IOException {}

  /** Waits for what {@link #ended} has begun; rows may still come. */
  @Override
  default void close() {}
}
