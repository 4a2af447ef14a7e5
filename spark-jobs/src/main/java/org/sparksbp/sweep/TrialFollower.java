package org.sparksbp.sweep;

import java.io.IOException;

/** Follows a sweep's trials on the driver, to tell others of them. */
public interface TrialFollower extends AutoCloseable {

  /** Tells nobody. */
  TrialFollower NONE =
      new TrialFollower() {
        @Override
        public void ended(TrialSummary summary) {}

        @Override
        public void row(TrialRecord record) {}

        @Override
        public void close() {}
      };

  /** A trial has ended or reached a rung; must not take long. */
  void ended(TrialSummary summary);

  /** A record as the tables have it, when they are written. */
  void row(TrialRecord record) throws IOException;

  /** Waits for what {@link #ended} has begun. */
  @Override
  void close();
}
