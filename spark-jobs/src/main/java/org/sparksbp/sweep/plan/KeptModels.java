package org.sparksbp.sweep.plan;

/** Whose models a sweep keeps, each of the epoch that is chosen. */
public enum KeptModels {
  NONE,
  /** The trials' of the best pair of point and arm of each task, as {@code sbp best} ranks them. */
  BEST,
  /** All trials' that have not failed. */
  ALL
}
