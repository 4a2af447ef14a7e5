package org.sparksbp.sweep.results;

import java.io.IOException;
import java.util.List;

/** Follows a sweep's trials on the driver, to tell others of them. */
public interface TrialListener extends AutoCloseable {

  /** Tells nobody. */
  TrialListener NONE = new TrialListener() {};

  /** Tells several, in this order. */
  static TrialListener all(List<TrialListener> listeners) {
    return new TrialListener() {
      @Override
      public void ended(TrialSummary summary) {
        listeners.forEach(listener -> listener.ended(summary));
      }

      @Override
      public void row(TrialRecord record) throws IOException {
        for (TrialListener listener : listeners) {
          listener.row(record);
        }
      }

      @Override
      public void close() {
        listeners.forEach(TrialListener::close);
      }
    };
  }

  /** A trial has ended or reached a rung; must not take long. */
  default void ended(TrialSummary summary) {}

  /** A record as the tables have it, when they are written. */
  default void row(TrialRecord record) throws IOException {}

  /** Waits for what {@link #ended} has begun; rows may still come. */
  @Override
  default void close() {}
}
