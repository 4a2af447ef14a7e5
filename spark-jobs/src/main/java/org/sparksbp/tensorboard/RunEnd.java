package org.sparksbp.tensorboard;

/** How a run that is told of has ended. */
public enum RunEnd {
  DONE,
  FAILED
}
