package org.sparksbp.sweep.plan;

/** Which points of a sweep were left behind at a rung. */
public interface StoppedPoints {

  /** The rung at which a point was stopped, in epochs; 0 if it was not, or not yet. */
  int stoppedAt(int point);
}
