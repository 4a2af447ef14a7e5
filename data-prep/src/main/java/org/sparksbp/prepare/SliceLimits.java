package org.sparksbp.prepare;

import java.io.Serializable;
import java.util.List;
import org.sparksbp.task.Split;

/**
 * How much of a slice is wanted.
 *
 * @param train most samples of the training split
 * @param test most samples of the test split
 * @param only the one split that the slice has samples of, or null
 * @param badRecords most bad records
 */
record SliceLimits(long train, long test, Split only, long badRecords) implements Serializable {

  long of(Split split) {
    return split == Split.TRAIN ? train : test;
  }

  boolean nothing() {
    return expected().stream().allMatch(split -> of(split) == 0);
  }

  List<Split> expected() {
    return only == null ? List.of(Split.values()) : List.of(only);
  }
}
