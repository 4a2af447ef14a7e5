package org.sparksbp.allreduce;

/**
 * A slice of a vector on its way from one worker to another: what one worker has learned, the sums
 * of what several have, or their average.
 *
 * @param values hold the slice; not changed before the receiver has done with it
 * @param sums hold the slice if these are sums, else null
 * @param offset of the slice's first element in the values or sums
 * @param length of the slice
 * @param learned how many workers have learned what it is made of
 * @param samples that these have learned in the round
 * @param finite whether all that they have computed is finite
 */
record VectorSlice(
    float[] values,
    double[] sums,
    int offset,
    int length,
    int learned,
    long samples,
    boolean finite) {

  /** The last one of a sender, which has ended, whether well or not. */
  static final VectorSlice END = new VectorSlice(new float[0], 0, 0, -1, false);

  /** Of one worker, or averaged. */
  VectorSlice(float[] values, int offset, int length, long samples, boolean finite) {
    this(values, null, offset, length, 1, samples, finite);
  }

  /** Whether it is of sums. */
  boolean isWide() {
    return sums != null;
  }
}
