package org.sparksbp.training;

/** What to do where an earlier run has left something. */
public enum StartMode {
  /** Start from the first epoch; refused in a folder that holds an unfinished or another run. */
  NEW,
  /** Go on from the newest checkpoint of the same run, or start if there is none. */
  RESUME
}
