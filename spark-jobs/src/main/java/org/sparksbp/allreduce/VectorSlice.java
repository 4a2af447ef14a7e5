package org.sparksbp.allreduce;

/**
 * A slice of a vector on its way from one worker to another.
 *
 * @param values hold the slice; not changed before the receiver has done with it
 * @param offset of the slice's first element in the values
 * @param length of the slice
 * @param samples that the sender has learned in the round
 * @param finite whether all that the sender has computed is finite
 */
record VectorSlice(float[] values, int offset, int length, long samples, boolean finite) {

  /** The last one of a sender, which has ended, whether well or not. */
  static final VectorSlice END = new VectorSlice(new float[0], 0, 0, -1, false);
}
