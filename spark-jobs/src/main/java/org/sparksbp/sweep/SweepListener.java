package org.sparksbp.sweep;

/** Follows a sweep from the driver; called by one thread at a time. */
public interface SweepListener {

  /** The sweep begins or goes on. */
  default void started(SweepProgress progress) {}

  /** A trial has ended or has reached a rung. */
  default void trialEnded(SweepProgress progress) {}
}
