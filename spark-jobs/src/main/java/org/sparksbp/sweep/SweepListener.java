package org.sparksbp.sweep;

import java.util.List;
import org.apache.hadoop.fs.Path;

/** Follows a sweep from the driver; called by one thread at a time. */
public interface SweepListener {

  /** The sweep begins or goes on. */
  default void started(SweepProgress progress) {}

  /**
   * The sweep is about to begin or to go on.
   *
   * @param records files that were taken for records of trials, are none and were set aside
   */
  default void damaged(List<Path> records) {}

  /** A trial has ended or has reached a rung. */
  default void trialEnded(SweepProgress progress) {}

  /** Tells several, in this order. */
  static SweepListener all(SweepListener... listeners) {
    List<SweepListener> all = List.of(listeners);
    return new SweepListener() {
      @Override
      public void started(SweepProgress progress) {
        all.forEach(listener -> listener.started(progress));
      }

      @Override
      public void damaged(List<Path> records) {
        all.forEach(listener -> listener.damaged(records));
      }

      @Override
      public void trialEnded(SweepProgress progress) {
        all.forEach(listener -> listener.trialEnded(progress));
      }
    };
  }
}
